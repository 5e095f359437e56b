namespace Workshop.Isolation;

/// <summary>
/// Reads what a process writes to its standard output or error past the console: native code, child processes, the
/// runtime's last words. A mark in the stream tells where one cell's text ends and the next one's begins.
/// </summary>
internal sealed class RawOutput
{
    /// <summary>Begins every mark, and nothing that people print.</summary>
    private const char MarkStart = '\u0001';

    /// <summary>How much is kept for the report on a process that ends.</summary>
    private const int TailLength = 16384;

    private readonly Lock _gate = new();
    private readonly StringBuilder _tail = new();
    private readonly string _name;
    private readonly Action<CellOutput> _send;
    private string _pending = "";
    private string? _mark;
    private TaskCompletionSource _markSeen = new();

    public RawOutput(StreamReader stream, string name, Action<CellOutput> send)
    {
        _name = name;
        _send = send;
        Completion = Task.Run(() => ReadAsync(stream));
    }

    public Task Completion { get; }

    /// <summary>The end of what came through, at most 32,768 characters.</summary>
    public string Tail
    {
        get
        {
            lock (_gate) return _tail.ToString();
        }
    }

    public static string NewMark() => $"{MarkStart}{Guid.NewGuid():N}{MarkStart}";

    /// <summary>Ends when the mark has come, everything before it having been sent on.</summary>
    public Task ExpectMark(string mark)
    {
        lock (_gate)
        {
            _mark = mark;
            _markSeen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _markSeen.Task;
        }
    }

    private async Task ReadAsync(StreamReader stream)
    {
        var characters = new char[TailLength];
        try
        {
            while (await stream.ReadAsync(characters) is > 0 and var count)
            {
                lock (_gate) Take(new string(characters, 0, count));
            }
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            // The process, or this side's interest in it, has ended.
        }

        lock (_gate) Pass(_pending.Length);
    }

    private void Take(string text)
    {
        _pending += text;
        if (_mark is not null && _pending.IndexOf(_mark, StringComparison.Ordinal) is >= 0 and var at)
        {
            Pass(at);
            _pending = _pending[_mark.Length..];
            _mark = null;
            _markSeen.TrySetResult();
        }

        // What may be the beginning of a mark, or of a character, waits for the rest of it.
        var start = _mark is null ? -1 : _pending.IndexOf(MarkStart, Math.Max(0, _pending.Length - _mark.Length));
        if (start < 0) start = _pending is [.., var last] && char.IsHighSurrogate(last) ? _pending.Length - 1 : _pending.Length;
        Pass(start);
    }

    // Called with the lock held.
    private void Pass(int length)
    {
        if (length == 0) return;
        _tail.Append(_pending, 0, length);
        if (_tail.Length > 2 * TailLength) _tail.Remove(0, _tail.Length - TailLength);
        _send(CellOutput.Stream(_name, _pending[..length]));
        _pending = _pending[length..];
    }
}
