namespace NotebookEngine;

/// <summary>Makes a cell's outputs of the events that it sent. Thread-safe.</summary>
internal sealed class OutputCollector
{
    private readonly Lock _gate = new();
    private readonly List<CellOutput> _outputs = [];

    public void Add(OutputEvent output)
    {
        lock (_gate)
        {
            if (output.IsUpdate) Replace((DisplayOutput)output.Output);
            else if (output.Output is StreamOutput stream) Append(stream);
            else _outputs.Add(output.Output);
        }
    }

    public IReadOnlyList<CellOutput> ToList()
    {
        lock (_gate) return [.. _outputs];
    }

    private void Append(StreamOutput piece)
    {
        if (_outputs is [.., StreamOutput last] && last.Name == piece.Name)
            _outputs[^1] = last with { Text = last.Text + piece.Text };
        else _outputs.Add(piece);
    }

    /// <summary>An update may mean a display of an earlier cell; whoever keeps that cell's outputs applies it there.</summary>
    private void Replace(DisplayOutput update)
    {
        for (var i = 0; i < _outputs.Count; i++)
        {
            if (_outputs[i] is DisplayOutput shown && shown.DisplayId == update.DisplayId) _outputs[i] = update;
        }
    }
}
