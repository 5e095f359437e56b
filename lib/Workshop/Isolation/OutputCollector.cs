using System.Text;
using NotebookHost;

namespace Workshop.Isolation;

/// <summary>Makes a cell's outputs of what it showed: neighbouring pieces of one stream are joined. Thread-safe.</summary>
internal sealed class OutputCollector
{
    private readonly Lock _gate = new();
    private readonly List<CellOutput> _outputs = [];
    private readonly StringBuilder _text = new();
    private string? _stream;

    public void Add(CellOutput output)
    {
        lock (_gate)
        {
            if (output.Type != CellOutput.StreamType || output.StreamName != _stream) EndStream();
            if (output.Type != CellOutput.StreamType)
            {
                _outputs.Add(output);
                return;
            }

            _stream = output.StreamName;
            _text.Append(output.Text);
        }
    }

    public IReadOnlyList<CellOutput> ToList()
    {
        lock (_gate)
        {
            EndStream();
            return [.. _outputs];
        }
    }

    private void EndStream()
    {
        if (_stream is not null) _outputs.Add(CellOutput.Stream(_stream, _text.ToString()));
        _stream = null;
        _text.Clear();
    }
}
