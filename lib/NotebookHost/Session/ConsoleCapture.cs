namespace NotebookHost;

/// <summary>
/// Collects what any thread writes to the console, in order, and passes it on in pieces: at once after a pause, else
/// every 50 ms or 8,192 characters, since one message for each of a loop's million lines would cost more than the loop.
/// </summary>
/// <remarks>
/// A cell can be aborted between any two instructions. What touches the shared buffer is shielded from that, because an
/// abort in the middle would leave the buffer torn for the rest of the session.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "It lives as long as its process.")]
internal sealed class ConsoleCapture
{
    private const int PieceLength = 8192;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly StringBuilder _pending = new();
    private readonly Action<CellOutput> _send;
    private readonly Timer _timer;
    private string _stream = CellOutput.Stdout;
    private bool _timerRuns;
    private long _lastSent;

    public ConsoleCapture(Action<CellOutput> send)
    {
        _send = send;
        _timer = new Timer(_ => OnTimer(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Out = new CaptureWriter(this, CellOutput.Stdout);
        Error = new CaptureWriter(this, CellOutput.Stderr);
    }

    public TextWriter Out { get; }
    public TextWriter Error { get; }

    /// <summary>Passes on what is pending, so that it comes before whatever the caller sends next.</summary>
    public void Flush()
    {
        AbortShield.Run(this, static capture =>
        {
            lock (capture._gate) capture.SendPending(isWhole: true);
        });
    }

    private void Write(string stream, string? text)
    {
        if (string.IsNullOrEmpty(text)) return;
        AbortShield.Run((Capture: this, Stream: stream, Text: text), static piece =>
        {
            lock (piece.Capture._gate) piece.Capture.Append(piece.Stream, piece.Text);
        });
    }

    private void Append(string stream, string text)
    {
        if (stream != _stream) SendPending(isWhole: true);
        _stream = stream;
        _pending.Append(text);
        if (_pending.Length >= PieceLength || Environment.TickCount64 - _lastSent > Pause.TotalMilliseconds) SendPending();
        else if (!_timerRuns)
        {
            _timerRuns = true;
            _timer.Change(Pause, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            _timerRuns = false;
            SendPending();
        }
    }

    // Called with the lock held, which keeps the pieces in order. Unless the text is known to be whole, the first half of
    // a surrogate pair waits for the second.
    private void SendPending(bool isWhole = false)
    {
        var length = _pending.Length;
        if (!isWhole && length > 0 && char.IsHighSurrogate(_pending[length - 1])) length--;
        if (length == 0) return;
        var text = _pending.ToString(0, length);
        _pending.Remove(0, length);
        _lastSent = Environment.TickCount64;
        _send(CellOutput.Stream(_stream, text));
    }

    private sealed class CaptureWriter : TextWriter
    {
        private readonly ConsoleCapture _capture;
        private readonly string _stream;

        public CaptureWriter(ConsoleCapture capture, string stream)
        {
            (_capture, _stream) = (capture, stream);

            // The same on every system: notebooks store and compare text with these line ends.
            NewLine = "\n";
        }

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => _capture.Write(_stream, $"{value}");

        public override void Write(string? value) => _capture.Write(_stream, value);

        public override void Write(char[] buffer, int index, int count) => _capture.Write(_stream, new string(buffer, index, count));

        // One piece, not two: other threads' lines must not come between a line and its end.
        public override void WriteLine(string? value) => _capture.Write(_stream, value + NewLine);
    }
}
