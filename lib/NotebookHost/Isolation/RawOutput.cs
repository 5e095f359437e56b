using System.Text;

namespace NotebookHost;

/// <summary>
/// Reads what a process writes to its standard output or error past the console: native code, child processes, the run
/// time's last words. Marks in the stream tell where one cell's text ends and the next one's begins.
/// </summary>
internal sealed class RawOutput
{
    /// <summary>Begins every mark, and nothing that people print.</summary>
    public const char MarkStart = '\u0001';

    /// <summary>Kept for the report on a process that ends.</summary>
    private const int TailLength = 16384;

    /// <summary>What a cell may write this way; the console has a limit of its own.</summary>
    private const int LimitPerCell = 1 << 20;

    /// <summary>How the runtime begins what it says about its own end.</summary>
    public static readonly string[] LastWords = ["Unhandled exception.", "Stack overflow.", "Process terminated.", "Fatal error."];

    private readonly Lock _gate = new();
    private readonly StringBuilder _tail = new();
    private readonly StringBuilder _lastWords = new();
    private readonly string _name;
    private readonly Action<CellOutput> _send;
    private string _pending = "";
    private long _written;
    private bool _speaksLast;
    private (string Mark, TaskCompletionSource Seen)? _awaited;

    public RawOutput(Stream stream, string name, Action<CellOutput> send)
    {
        _name = name;
        _send = send;
        Completion = Task.Run(() => ReadAsync(stream));
    }

    /// <summary>Ends with the stream.</summary>
    public Task Completion { get; }

    /// <summary>The end of what came through, at most 16,384 characters.</summary>
    public string Tail
    {
        get
        {
            lock (_gate) return _tail.ToString();
        }
    }

    /// <summary>Ends when the mark has come, everything before it having been sent on.</summary>
    public Task ExpectMark(string mark)
    {
        lock (_gate)
        {
            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited = (mark, seen);
            return seen.Task;
        }
    }

    private async Task ReadAsync(Stream stream)
    {
        var decoder = Encoding.UTF8.GetDecoder();
        var bytes = new byte[16384];
        var characters = new char[bytes.Length + 1];
        try
        {
            while (await stream.ReadAsync(bytes) is > 0 and var count)
            {
                var length = decoder.GetChars(bytes, 0, count, characters, 0);
                lock (_gate) Take(new string(characters, 0, length));
            }
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            // The process, or this side's interest in it, has ended.
        }
    }

    private void Take(string text)
    {
        _pending += text;
        while (true)
        {
            var start = _pending.IndexOf(MarkStart, StringComparison.Ordinal);
            if (start < 0)
            {
                Pass(_pending);
                _pending = "";
                return;
            }

            Pass(_pending[..start]);
            _pending = _pending[start..];
            if (_awaited is not { } awaited)
            {
                PassMarkStart();
            }
            else if (_pending.StartsWith(awaited.Mark, StringComparison.Ordinal))
            {
                _pending = _pending[awaited.Mark.Length..];
                EndCell();
                awaited.Seen.TrySetResult();
                _awaited = null;
            }
            else if (awaited.Mark.StartsWith(_pending, StringComparison.Ordinal))
            {
                return;
            }
            else
            {
                PassMarkStart();
            }
        }

        void PassMarkStart()
        {
            Pass(_pending[..1]);
            _pending = _pending[1..];
        }
    }

    private void Pass(string text)
    {
        if (text.Length == 0) return;
        _tail.Append(text);
        if (_tail.Length > 2 * TailLength) _tail.Remove(0, _tail.Length - TailLength);

        // What a dying runtime says belongs to the report on the death. Should it come from a process that the cell
        // started, this one lives on, and the words are passed on at the cell's end.
        _speaksLast = _speaksLast || (_name == CellOutput.Stderr && LastWords.Any(w => text.Contains(w, StringComparison.Ordinal)));
        if (_speaksLast) _lastWords.Append(text, 0, Math.Min(text.Length, Math.Max(0, TailLength - _lastWords.Length)));
        else SendLimited(text);
    }

    private void SendLimited(string text)
    {
        var room = (int)Math.Clamp(LimitPerCell - _written, 0, text.Length);
        _written += text.Length;
        if (room > 0) _send(CellOutput.Stream(_name, text[..room]));
    }

    private void EndCell()
    {
        if (_speaksLast) SendLimited(_lastWords.ToString());
        if (_written > LimitPerCell)
        {
            _send(CellOutput.Stream(
                CellOutput.Stderr,
                FormattableString.Invariant($"\n… {_written - LimitPerCell:N0} more characters were cut: a cell shows at most {LimitPerCell:N0}.\n")));
        }

        _lastWords.Clear();
        _speaksLast = false;
        _written = 0;
    }
}
