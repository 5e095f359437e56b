using System.Globalization;
using System.Text;
using NotebookHost;

namespace Workshop.Isolation;

/// <summary>
/// Reads what a process writes to its standard output or error past the console: native code, child processes, the
/// runtime's last words. A mark in the stream tells where one cell's text ends and the next one's begins.
/// </summary>
internal sealed class RawOutput
{
    /// <summary>Begins every mark, and nothing that people print.</summary>
    private const char MarkStart = '\u0001';

    /// <summary>How much is kept for the report on a process that ends; how much a cell may write this way.</summary>
    private const int TailLength = 16384, LimitPerCell = 1 << 20;

    private readonly Lock _gate = new();
    private readonly StringBuilder _tail = new();
    private readonly string _name;
    private readonly Action<CellOutput> _send;
    private string _pending = "";
    private long _written;
    private string? _mark;
    private TaskCompletionSource _markSeen = new();

    public RawOutput(Stream stream, string name, Action<CellOutput> send)
    {
        _name = name;
        _send = send;
        Completion = Task.Run(() => ReadAsync(stream));
    }

    /// <summary>Ends with the stream.</summary>
    public Task Completion { get; }

    /// <summary>The end of what came through, at most 32,768 characters.</summary>
    public string Tail
    {
        get
        {
            lock (_gate) return _tail.ToString();
        }
    }

    /// <summary>A mark for a cell.</summary>
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

        lock (_gate) Pass(_pending);
    }

    private void Take(string text)
    {
        _pending += text;
        if (_mark is not null && _pending.IndexOf(_mark, StringComparison.Ordinal) is >= 0 and var at)
        {
            Pass(_pending[..at]);
            _pending = _pending[(at + _mark.Length)..];
            EndCell();
        }

        // What may be the beginning of a mark waits for the rest of it.
        var start = _mark is null ? -1 : _pending.IndexOf(MarkStart, Math.Max(0, _pending.Length - _mark.Length));
        var ready = start < 0 ? _pending.Length : start;
        Pass(_pending[..ready]);
        _pending = _pending[ready..];
    }

    private void Pass(string text)
    {
        if (text.Length == 0) return;
        _tail.Append(text);
        if (_tail.Length > 2 * TailLength) _tail.Remove(0, _tail.Length - TailLength);
        var room = (int)Math.Clamp(LimitPerCell - _written, 0, text.Length);
        if (room < text.Length && room > 0 && char.IsHighSurrogate(text[room - 1])) room--;
        _written += text.Length;
        if (room > 0) _send(CellOutput.Stream(_name, text[..room]));
    }

    private void EndCell()
    {
        if (_written > LimitPerCell)
        {
            _send(CellOutput.Stream(CellOutput.Stderr, string.Create(
                CultureInfo.InvariantCulture, $"\n… {_written - LimitPerCell:N0} more characters were cut: a cell shows at most {LimitPerCell:N0}.\n")));
        }

        _written = 0;
        _mark = null;
        _markSeen.TrySetResult();
    }
}
