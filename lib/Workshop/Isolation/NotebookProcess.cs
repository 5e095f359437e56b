namespace Workshop.Isolation;

/// <summary>
/// A notebook's session in a process of its own, seen from the parent: whatever a cell does to its process, this side
/// gets a result that says so. One cell runs at a time.
/// </summary>
/// <remarks>
/// <code>
///   RunAsync ──▶ commands (pipe) ──▶ child: HostProgram
///      ▲                                │
///      ├── event reader ◀── (pipe) ─────┤  console, displays, results, the end of a cell
///      ├── RawOutput ◀── stdout, stderr ┤  native code, processes that cells start, last words of the runtime
///      └── exit of the process ─────────┘
/// </code>
/// The end of the process counts, not the end of a pipe: processes that a cell started may have inherited the pipes
/// and keep them open.
/// </remarks>
internal sealed partial class NotebookProcess : INotebookSession
{
    /// <summary>How long to wait for text that a process which has ended, or closed a stream, may have left behind.</summary>
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(1);

    /// <summary>How long an interrupted cell may take to stop before its process is ended.</summary>
    private static readonly TimeSpan InterruptGrace = TimeSpan.FromSeconds(3);

    private readonly Process _process;
    private readonly HostChannel _channel;
    private readonly RawOutput _rawOut, _rawError;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _events, _exit;
    private volatile RunningCell? _current;
    private int _lastRun;

    private NotebookProcess(Process process, HostChannel channel)
    {
        (_process, _channel, Id) = (process, channel, process.Id);
        _rawOut = new RawOutput(process.StandardOutput, CellOutput.Stdout, Pass);
        _rawError = new RawOutput(process.StandardError, CellOutput.Stderr, Pass);
        _exit = process.WaitForExitAsync();
        _events = Task.Factory.StartNew(ReadEvents, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public int Id { get; }
    public bool IsAlive => !_exit.IsCompleted;

    public async Task<CellResult> RunAsync(
        string cellId,
        string code,
        TimeSpan timeout,
        Action<CellOutput>? onOutput = null,
        int? number = null,
        CancellationToken cancellationToken = default)
    {
        var watch = Stopwatch.StartNew();
        var run = _current = new RunningCell(++_lastRun, onOutput);
        var mark = RawOutput.NewMark();
        var marks = Task.WhenAll(_rawOut.ExpectMark(mark), _rawError.ExpectMark(mark));
        Send(new HostMessage.RunCell(run.Number, cellId, code, number, mark));
        var isLate = !await EndsAsync(run, timeout, cancellationToken);
        if (isLate) Send(new HostMessage.Interrupt(run.Number));
        if (isLate && !await EndsAsync(run, InterruptGrace, CancellationToken.None)) await KillAsync();

        // The marks are on their way already; they are late only where a cell has closed a stream.
        var ended = run.Ended.Task.IsCompleted ? await run.Ended.Task : null;
        await (ended is null ? DrainAsync() : Task.WhenAny(marks, Task.Delay(DrainTime, CancellationToken.None)));
        _current = null;
        if (isLate) cancellationToken.ThrowIfCancellationRequested();
        var error = isLate && ended is null or { Error.Name: CellError.Interrupt } ? TimedOut(cellId, timeout, ended is null)
            : ended is null ? ProcessEnded(cellId) : null;
        if (error is null) return new CellResult(run.Outputs(), TimeSpan.FromMilliseconds(ended!.Milliseconds), ended.Error);

        // In place of what the child may have said about its end.
        var outputs = run.Outputs().Where(output => output.Type != CellOutput.ErrorType);
        return new CellResult([.. outputs, CellOutput.Error(error)], watch.Elapsed, error);
    }

    /// <summary>Ends the process and all that it started.</summary>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _channel.Dispose();
        await DrainAsync();
        _process.Dispose();
    }

    /// <summary>Waits for the end of the cell or of the process; false when time is up or cancellation asked for.</summary>
    private async Task<bool> EndsAsync(RunningCell run, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAny(run.Ended.Task, _exit).WaitAsync(timeout, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    private static CellError TimedOut(string cellId, TimeSpan timeout, bool hasLostProcess)
    {
        var end = hasLostProcess
            ? "and did not react to an interruption, so its process was ended; the variables are lost."
            : "and was interrupted; the variables of the cells before it are kept.";
        var seconds = timeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        return new(CellError.Timeout, $"The cell '{cellId}' ran longer than {seconds} s {end}", null, []);
    }

    private CellError ProcessEnded(string cellId)
    {
        var cause = ProcessDeath.Explain(_process.ExitCode, _rawError.Tail);
        var message = $"The notebook's process {Id} ended while the cell '{cellId}' ran: {cause}. Its variables are lost.";
        return new(CellError.ProcessEnded, message, null, ProcessDeath.Lines(_rawError.Tail));
    }

    private async Task DrainAsync() =>
        await Task.WhenAny(Task.WhenAll(_events, _rawOut.Completion, _rawError.Completion), Task.Delay(DrainTime, CancellationToken.None));

    private void ReadEvents()
    {
        try
        {
            while (_channel.Receive() is { } message)
            {
                if (message is HostMessage.Ready) _ready.TrySetResult();
                else if (message is HostMessage.Output output) Pass(new CellOutput(output.Json));
                else if (message is HostMessage.CellEnded ended && _current?.Number == ended.Run) _current?.Ended.TrySetResult(ended);
            }
        }
        catch (Exception end) when (end is IOException or ObjectDisposedException or InvalidDataException)
        {
            // As good as the end of the stream: what matters is the end of the process. One that sends garbage is ended.
            if (end is InvalidDataException) Kill();
        }
    }

    // What a thread prints while no cell runs is nobody's, and lost.
    private void Pass(CellOutput output) => _current?.Add(output);

    // Where no answer can come, the cell waits for the process's end.
    private void Send(HostMessage message)
    {
        if (!_channel.TrySend(message)) Kill();
    }

    private async Task KillAsync()
    {
        Kill();
        await _exit;
    }

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or AggregateException)
        {
            // It has ended by itself, or some process of its tree has in this moment, or is not ours to end.
        }

        ProcessGroup.End(Id);
    }
}
