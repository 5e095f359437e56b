namespace Workshop.Isolation;

/// <summary>
/// Reads what a process writes to its standard output or error past the console: native code, child processes, the
/// runtime's last words. A mark in the stream tells where one cell's text ends and the next one's begins.
/// </summary>
internal sealed class RawOutput
{
    /// <summary>Begins every mark, and nothing that people print.</summary>
    private const char MarkStart = '\u0001';

    private const int TailLength = 16384;

    private readonly Lock _gate = new();
    private readonly string _name;
    private readonly Action<CellOutput> _send;
    private string _pending = "", _mark = "";
    private TaskCompletionSource _markSeen = new();

    public RawOutput(StreamReader stream, string name, Action<CellOutput> send)
    {
        (_name, _send) = (name, send);
        Completion = Task.Run(() => ReadAsync(stream));
    }

    public Task Completion { get; }

    /// <summary>The end of what came through, for the report on a process that ends.</summary>
    public string Tail { get; private set; } = "";

    public static string NewMark() => $"{MarkStart}{Guid.NewGuid():N}";

    /// <summary>Ends when the mark has come, everything before it having been sent on.</summary>
    public Task ExpectMark(string mark)
    {
        lock (_gate)
        {
            (_mark, _markSeen) = (mark, new(TaskCreationOptions.RunContinuationsAsynchronously));
            return _markSeen.Task;
        }
    }

    private async Task ReadAsync(StreamReader stream)
    {
        var characters = new char[TailLength];
        try
        {
            while (await stream.ReadAsync(characters) is > 0 and var count) Take(new string(characters, 0, count));
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            // The process, or this side's interest in it, has ended.
        }

        Pass(_pending);
    }

    private void Take(string text)
    {
        lock (_gate)
        {
            var parts = (_pending + text).Split(_mark, 2);
            if (parts.Length == 2)
            {
                Pass(parts[0]);
                _mark = "";
                _markSeen.TrySetResult();
            }

            // What may be the beginning of a mark waits for the rest of it.
            var rest = parts[^1];
            var start = rest.IndexOf(MarkStart, Math.Max(0, rest.Length - _mark.Length));
            if (start < 0) start = rest.Length;
            Pass(rest[..start]);
            _pending = rest[start..];
        }
    }

    private void Pass(string text)
    {
        if (text.Length == 0) return;
        Tail += text;
        Tail = Tail[Math.Max(0, Tail.Length - TailLength)..];
        _send(CellOutput.Stream(_name, text));
    }
}
