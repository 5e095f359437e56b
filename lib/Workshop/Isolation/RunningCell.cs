namespace Workshop.Isolation;

/// <summary>A cell that runs, and what it has shown so far. Thread-safe: its outputs arrive on several threads.</summary>
internal sealed class RunningCell(int number, Action<CellOutput>? onOutput)
{
    /// <summary>How much a cell may print: about 10,000 full lines, more than anybody reads and less than hurts a browser.</summary>
    private const int Limit = 1 << 20;

    private readonly Lock _gate = new();
    private readonly List<CellOutput> _outputs = [];
    private readonly StringBuilder _text = new();
    private string _stream = "";
    private long _printed, _shown;

    public int Number { get; } = number;
    public TaskCompletionSource<HostMessage.CellEnded> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Adds something that the cell showed; neighbouring pieces of one stream are joined.</summary>
    public void Add(CellOutput output)
    {
        lock (_gate)
        {
            onOutput?.Invoke(output);
            var isText = output.Type == CellOutput.StreamType;
            if (!isText || output.StreamName != _stream) EndStream();
            if (isText) Append(output.StreamName, output.Text);
            else _outputs.Add(output);
        }
    }

    public IReadOnlyList<CellOutput> Outputs()
    {
        lock (_gate)
        {
            EndStream();
            if (_printed == _shown) return [.. _outputs];
            return [.. _outputs, CellOutput.Stream(CellOutput.Stderr, string.Create(
                CultureInfo.InvariantCulture,
                $"\n… {_printed - _shown:N0} more characters of output were cut: a cell shows at most {Limit:N0}.\n"))];
        }
    }

    private void Append(string stream, string text)
    {
        // Never cut inside a character.
        var room = (int)Math.Min(Limit - _shown, text.Length);
        if (room < text.Length && room > 0 && char.IsHighSurrogate(text[room - 1])) room--;
        _stream = stream;
        _printed += text.Length;
        _shown += room;
        _text.Append(text, 0, room);
    }

    private void EndStream()
    {
        if (_text.Length > 0) _outputs.Add(CellOutput.Stream(_stream, _text.ToString()));
        _text.Clear();
    }
}
