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

    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private readonly NotebookProcessOptions _options;
    private readonly Process _process;
    private readonly HostChannel _channel;
    private readonly RawOutput _rawOut;
    private readonly RawOutput _rawError;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _events;
    private readonly Task _exit;
    private volatile RunningCell? _current;
    private int _lastRun;

    private NotebookProcess(NotebookProcessOptions options, Process process, HostChannel channel)
    {
        _options = options;
        _process = process;
        _channel = channel;
        Id = process.Id;
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
        ArgumentException.ThrowIfNullOrWhiteSpace(cellId);
        ArgumentNullException.ThrowIfNull(code);
        await _oneAtATime.WaitAsync(cancellationToken);
        var run = new RunningCell(Interlocked.Increment(ref _lastRun), cellId, onOutput);
        try
        {
            _current = run;
            var marks = Task.WhenAll(_rawOut.ExpectMark(run.Mark), _rawError.ExpectMark(run.Mark));

            // Where the process is gone, its exit tells: the cell waits for that, not for an answer.
            var isSent = _channel.TrySend(new HostMessage.RunCell(run.Number, cellId, code, number, run.Mark));
            var isLate = isSent && !await EndsAsync(run, timeout, cancellationToken);
            if (isLate || !isSent) await StopAsync(run);
            if (isLate) cancellationToken.ThrowIfCancellationRequested();

            // The marks are on their way already; they are late only where a cell has closed a stream.
            var ended = run.Ended.Task.IsCompletedSuccessfully ? await run.Ended.Task : null;
            await (ended is null ? DrainAsync() : Task.WhenAny(marks, Task.Delay(DrainTime, CancellationToken.None)));
            if (isLate && ended is null or { Error.Name: CellError.Interrupt }) return TimedOut(run, timeout, ended is null);
            return ended is null
                ? ProcessEnded(run)
                : new CellResult(run.Outputs(), TimeSpan.FromMilliseconds(ended.Milliseconds), ended.Error);
        }
        finally
        {
            _current = null;
            _oneAtATime.Release();
        }
    }

    /// <summary>Ends the process and all that it started.</summary>
    public async ValueTask DisposeAsync()
    {
        Kill();
        await _exit;
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

    private async Task StopAsync(RunningCell run)
    {
        _ = _channel.TrySend(new HostMessage.Interrupt(run.Number));
        if (await EndsAsync(run, _options.InterruptGrace, CancellationToken.None)) return;
        Kill();
        await _exit;
    }

    private static CellResult TimedOut(RunningCell run, TimeSpan timeout, bool hasLostProcess)
    {
        var end = hasLostProcess
            ? "and did not react to an interruption, so its process was ended; the variables are lost."
            : "and was interrupted; the variables of the cells before it are kept.";
        var message = string.Create(
            CultureInfo.InvariantCulture, $"The cell '{run.Id}' ran longer than {timeout.TotalSeconds:0.###} s {end}");
        return Failed(run, new CellError(CellError.Timeout, message, null, []));
    }

    private CellResult ProcessEnded(RunningCell run)
    {
        var cause = ProcessDeath.Explain(_process.ExitCode, _rawError.Tail);
        var message = $"The notebook's process {Id} ended while the cell '{run.Id}' ran: {cause}. Its variables are lost.";
        return Failed(run, new CellError(CellError.ProcessEnded, message, null, ProcessDeath.Lines(_rawError.Tail)));
    }

    // In place of what the child may have said about its end.
    private static CellResult Failed(RunningCell run, CellError error) => new(
        [.. run.Outputs().Where(output => output.Type != CellOutput.ErrorType), CellOutput.Error(error)], run.Watch.Elapsed, error);

    private async Task DrainAsync() =>
        await Task.WhenAny(Task.WhenAll(_events, _rawOut.Completion, _rawError.Completion), Task.Delay(DrainTime, CancellationToken.None));

    private void ReadEvents()
    {
        try
        {
            while (_channel.Receive() is { } message) Handle(message);
        }
        catch (InvalidDataException garbage)
        {
            _ready.TrySetException(new NotebookProcessException(
                $"The notebook's process {Id} sent what this program does not understand. {garbage.Message}", garbage));
            Kill();
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            // As good as the end of the stream: what matters is the end of the process.
        }
    }

    private void Handle(HostMessage message)
    {
        switch (message)
        {
            case HostMessage.Ready:
                _ready.TrySetResult();
                break;
            case HostMessage.Output output:
                Pass(new CellOutput(output.Json));
                break;
            case HostMessage.CellEnded ended when _current is { } run && run.Number == ended.Run:
                run.Ended.TrySetResult(ended);
                break;
        }
    }

    // What a thread prints while no cell runs is nobody's, and lost.
    private void Pass(CellOutput output) => _current?.Add(output);

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
