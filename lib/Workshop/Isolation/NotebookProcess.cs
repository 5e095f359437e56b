using System.Diagnostics;
using System.Globalization;
using NotebookHost;

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
internal sealed partial class NotebookProcess : IAsyncDisposable
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
    private volatile CellRun? _current;
    private int _lastRun;

    private NotebookProcess(NotebookProcessOptions options, Process process, HostChannel channel)
    {
        _options = options;
        _process = process;
        _channel = channel;
        Id = process.Id;
        _rawOut = new RawOutput(process.StandardOutput.BaseStream, CellOutput.Stdout, Pass);
        _rawError = new RawOutput(process.StandardError.BaseStream, CellOutput.Stderr, Pass);
        _exit = process.WaitForExitAsync();
        _events = Task.Factory.StartNew(ReadEvents, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>The process's id.</summary>
    public int Id { get; }

    /// <summary>Whether cells can still run.</summary>
    public bool IsAlive => !_exit.IsCompleted;

    /// <summary>Runs a cell and waits for its end, which comes in every case.</summary>
    /// <param name="cellId">Names the cell in errors and stack frames.</param>
    /// <param name="code">Its source.</param>
    /// <param name="timeout">
    /// After this time the cell is interrupted and, where that does not help, its process ended;
    /// <see cref="Timeout.InfiniteTimeSpan"/> for no limit.
    /// </param>
    /// <param name="onOutput">Called for everything that the cell shows, while it runs, one call at a time.</param>
    /// <param name="cancellationToken">Interrupts the cell, as above.</param>
    /// <exception cref="OperationCanceledException">The token asked for it; the cell does not run any more.</exception>
    public async Task<CellResult> RunAsync(
        string cellId,
        string code,
        TimeSpan timeout,
        Action<OutputEvent>? onOutput = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(cellId);
        ArgumentNullException.ThrowIfNull(code);
        await _oneAtATime.WaitAsync(cancellationToken);
        var run = new CellRun(Interlocked.Increment(ref _lastRun), cellId, onOutput);
        try
        {
            _current = run;
            var marks = Task.WhenAll(_rawOut.ExpectMark(run.Mark), _rawError.ExpectMark(run.Mark));
            var message = new HostMessage
            {
                Kind = HostMessageKind.RunCell,
                Run = run.Number,
                CellId = cellId,
                Code = code,
                Mark = run.Mark,
            };
            if (!TrySend(message))
            {
                await StopAsync(run);
            }
            else if (!await WaitAsync(run, timeout, cancellationToken))
            {
                await StopAsync(run);
                cancellationToken.ThrowIfCancellationRequested();
                return await TimedOutAsync(run, marks, timeout);
            }

            return run.Ended.Task.IsCompletedSuccessfully
                ? await EndedAsync(run, marks)
                : await ProcessEndedAsync(run);
        }
        finally
        {
            _current = null;
            _oneAtATime.Release();
        }
    }

    /// <summary>
    /// Stops the running cell, if there is one, and waits until it does not run any more: it is interrupted and, where
    /// that does not help within the grace period, its process ended.
    /// </summary>
    public Task InterruptAsync() => _current is { } run ? StopAsync(run) : Task.CompletedTask;

    /// <summary>Ends the process and all that it started.</summary>
    public async ValueTask DisposeAsync()
    {
        Kill();
        await _exit;
        _channel.Dispose();
        await Task.WhenAny(Task.WhenAll(_events, _rawOut.Completion, _rawError.Completion), Task.Delay(DrainTime));
        _process.Dispose();
    }

    /// <summary>Waits for the end of the cell or of the process; false when time is up or cancellation asked for.</summary>
    private async Task<bool> WaitAsync(CellRun run, TimeSpan timeout, CancellationToken cancellationToken)
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

    private async Task StopAsync(CellRun run)
    {
        _ = TrySend(new HostMessage { Kind = HostMessageKind.Interrupt, Run = run.Number });
        if (await WaitAsync(run, _options.InterruptGrace, CancellationToken.None)) return;
        Kill();
        await _exit;
    }

    private static async Task<CellResult> EndedAsync(CellRun run, Task marks)
    {
        // The marks are on their way already; they are late only where a cell has closed a stream.
        await Task.WhenAny(marks, Task.Delay(DrainTime));
        var ended = await run.Ended.Task;
        return new CellResult(ended.Status, run.Outputs.ToList(), TimeSpan.FromMilliseconds(ended.Milliseconds), ended.Error);
    }

    private static async Task<CellResult> TimedOutAsync(CellRun run, Task marks, TimeSpan timeout)
    {
        var interrupted = run.Ended.Task.IsCompletedSuccessfully;
        if (interrupted)
        {
            var result = await EndedAsync(run, marks);
            if (result.Status != CellStatus.Interrupted) return result;
        }

        var seconds = timeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        var error = new CellError(
            CellError.Timeout,
            interrupted
                ? $"The cell '{run.CellId}' ran longer than {seconds} s and was interrupted; the variables of the cells before it are kept."
                : $"The cell '{run.CellId}' ran longer than {seconds} s and did not react to an interruption, so its process was ended; the variables are lost.",
            null,
            []);
        return Failed(run, CellStatus.TimedOut, error, [.. run.Outputs.ToList().Where(output => output.Type != CellOutput.ErrorType)]);
    }

    private async Task<CellResult> ProcessEndedAsync(CellRun run)
    {
        await Task.WhenAny(Task.WhenAll(_events, _rawOut.Completion, _rawError.Completion), Task.Delay(DrainTime));
        var said = _rawError.Tail;
        var error = new CellError(
            CellError.ProcessEnded,
            $"The notebook's process {Id} ended while the cell '{run.CellId}' ran: {ProcessDeath.Explain(_process.ExitCode, said)}. Its variables are lost.",
            null,
            ProcessDeath.Lines(said));
        return Failed(run, CellStatus.ProcessEnded, error, run.Outputs.ToList());
    }

    private static CellResult Failed(CellRun run, CellStatus status, CellError error, IReadOnlyList<CellOutput> outputs)
    {
        var output = CellOutput.Error(error);
        run.Pass(new OutputEvent(run.CellId, output));
        return new CellResult(status, [.. outputs, output], run.Watch.Elapsed, error);
    }

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
        switch (message.Kind)
        {
            case HostMessageKind.Ready:
                _ready.TrySetResult();
                break;
            case HostMessageKind.Output when message.Output is { } output:
                Pass(new OutputEvent(message.CellId, new CellOutput(output)));
                break;
            case HostMessageKind.CellEnded when _current is { } run && run.Number == message.Run:
                run.Ended.TrySetResult(message);
                break;
            default:
                break;
        }
    }

    private void Pass(CellOutput output) => Pass(new OutputEvent(_current?.CellId, output));

    private void Pass(OutputEvent output)
    {
        if (_current is { } run) run.Pass(output);
        else _options.OnStrayOutput?.Invoke(output);
    }

    private bool TrySend(HostMessage message)
    {
        try
        {
            _channel.Send(message);
            return true;
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            // The process is gone, which its exit tells; a cell must wait for that, not for an answer.
            return false;
        }
    }

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
        catch (AggregateException)
        {
            // Some process of the tree ended in this moment, or is not ours to end.
        }

        ProcessGroup.End(Id);
    }

    /// <summary>A cell that runs, from its start to its end.</summary>
    private sealed class CellRun(int number, string cellId, Action<OutputEvent>? onOutput)
    {
        private readonly Lock _gate = new();

        public int Number { get; } = number;

        public string CellId { get; } = cellId;

        public string Mark { get; } = RawOutput.NewMark();

        public Stopwatch Watch { get; } = Stopwatch.StartNew();

        public OutputCollector Outputs { get; } = new();

        public TaskCompletionSource<HostMessage> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Pass(OutputEvent output)
        {
            lock (_gate)
            {
                Outputs.Add(output.Output);
                onOutput?.Invoke(output);
            }
        }
    }
}
