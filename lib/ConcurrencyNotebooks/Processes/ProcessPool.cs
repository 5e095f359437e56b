namespace ConcurrencyNotebooks;

/// <summary>
/// A fixed number of worker processes that run static methods of compiled assemblies: what Python's
/// <c>ProcessPoolExecutor</c> is, and .NET lacks.
/// </summary>
/// <remarks>
/// A method travels by its name, its arguments and its result by value: numbers, strings, bytes and arrays of these as
/// they are, everything else as JSON. Large arrays are read when the call is sent, so leave them alone until it has
/// ended. All members can be called from any thread.
/// </remarks>
/// <example>
/// <code>
/// await using var pool = new ProcessPool(workers: 4);
/// long sum = await pool.RunAsync(Cpu.SumOfSquares, 10_000_000);
/// int[] counts = await pool.MapAsync(Primes.Count, ranges);
/// </code>
/// </example>
[TypeFormatterSource(typeof(OutputFormatterSource), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed partial class ProcessPool : IAsyncDisposable, IRichOutput
{
    //             ┌──────────────────────────── this process ────────────────────────────┐   ┌──── worker process ────┐
    //  caller ──▶ RunAsync ──▶ _queue ──▶ WorkerProcess ────────── calls (pipe) ────────────▶ reads, runs, answers       │
    //     ▲                                 │  ControlBlock ◀═══ shared memory: who has it ═══▶ takes each step by CAS     │
    //     └── Task ◀── keeper thread ◀──────┴─────────────────── answers (pipe) ─────────────  result, failure, progress │
    //                      └──── watches stdout, stderr and death ◀─────────────────────────  prints, dies             │
    //             └──────────────────────────────────────────────────────────────────────┘   └────────────────────────┘
    //
    // A caller         makes a frame of method and arguments, and puts it under _gate into the queue or straight into a
    //                  worker's pipe; up to 64 calls wait there, so that a worker never waits for its next one.
    // A keeper         is one thread per worker: starts the process, reads whatever it says, completes the callers' tasks,
    //                  buries it and starts the next. It needs no thread of .NET's pool, which the program may have blocked.
    // A worker         is one thread that reads a call, runs it, answers; a second one watches for its owner's death.
    // A thief          is any keeper whose worker is idle: it takes back what another worker has not begun.
    // The ControlBlock says for each call that was sent whether it waits, runs, is done, was revoked, or is killed for.
    //                  Every step is one compare-and-swap by pool or worker. So at any death it is known what had
    //                  begun (it fails, unless retries are allowed) and what had not (it runs elsewhere, once).
    //
    // User code (continuations, tokens, the output of a task) never runs under _gate.

    // How many workers in a row may die before they are ready: 5 by themselves, or 50 by somebody's kill -9.
    private const int StartDeaths = 50;
    private const int StartDeathByItself = 10;

    // Half as many processes start at a time as there are cores: more would only make all of them late, the first result too.
    // One whose initializer takes long holds up the next for no longer than this.
    private static readonly TimeSpan LongestWaitToStart = TimeSpan.FromMilliseconds(50);

    private readonly SemaphoreSlim _starts = new(Math.Max(1, Environment.ProcessorCount / 2));
    private readonly Lock _gate = new();
    private readonly LinkedList<PoolCall> _queue = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ProcessPoolOptions _options;
    private readonly string _program;
    private readonly ControlBlock _control;
    private readonly WorkerProcess[] _workers;
    private readonly int _limit;
    private readonly LinkedList<PoolCall> _outside = new();
    private readonly List<TaskCompletionSource> _waitingForRoom = [];
    private int _keepers;
    private int _inside;
    private int _unended;
    private int _startDeaths;
    private bool _isClosed;
    private PoolBrokenException? _broken;

    /// <summary>Starts a pool and returns at once; the workers start in the background.</summary>
    /// <param name="workers">How many processes; at least 1.</param>
    public ProcessPool(int workers)
        : this(new ProcessPoolOptions { Workers = workers })
    {
    }

    /// <summary>Starts a pool and returns at once; the workers start in the background.</summary>
    /// <exception cref="FileNotFoundException">The worker program is not where the library is; the message says what to do.</exception>
    public ProcessPool(ProcessPoolOptions? options = null)
    {
        _options = options ?? new ProcessPoolOptions();
        _options.Check();
        if (_options.Initializer is { } initializer)
            RemoteMethod.Of(initializer);

        _program = WorkerProgram.Find();
        _limit = _options.MaxQueued + _options.Workers ?? int.MaxValue;
        _control = ControlBlock.Create(_options.Workers);
        _workers = new WorkerProcess[_options.Workers];
        for (var index = 0; index < _workers.Length; index++)
            _workers[index] = new WorkerProcess(_gate, _control, _options, index);

        _keepers = _workers.Length;
        var started = 0;
        try
        {
            // Background and without the caller's context: a pool that nobody disposed of keeps neither the process alive nor a notebook's cell open.
            for (; started < _workers.Length; started++)
            {
                var index = started;
                new Thread(() => Keep(index)) { IsBackground = true, Name = $"pool worker {index + 1} keeper" }.UnsafeStart();
            }
        }
        catch
        {
            // No thread for this worker: those before it must not stay, and those after it never come.
            Abandon();
            for (; started < _workers.Length; started++)
                Leave();
            throw;
        }
    }

    /// <summary>The workers at this moment.</summary>
    public IReadOnlyList<WorkerSnapshot> Workers
    {
        get
        {
            List<WorkerSnapshot> workers;
            lock (_gate)
                workers = [.. _workers.Select(worker => new WorkerSnapshot(worker.Number, worker.Pid, worker.State, worker.TasksDone, 0))];
            return [.. workers.Select(worker => worker with { MemoryBytes = worker.Pid == 0 || worker.State == WorkerState.Ended ? 0 : WorkerSnapshot.MemoryOf(worker.Pid) })];
        }
    }

    /// <summary>How many calls have been taken and have not ended.</summary>
    public int Unfinished
    {
        get
        {
            lock (_gate)
                return _unended;
        }
    }

    /// <summary>Takes no more calls, waits for those that are left, at most for <see cref="ProcessPoolOptions.DisposeGrace"/>, and ends the workers.</summary>
    public ValueTask DisposeAsync() => new(StopAsync(_options.DisposeGrace));

    /// <summary>Takes no more calls, waits up to the grace period for those that are left, then kills the workers; calls that are left fail with an <see cref="ObjectDisposedException"/>.</summary>
    /// <remarks>It may be called again, with a shorter grace period too, from any thread; every call returns when all workers are gone.</remarks>
    /// <param name="grace">How long to wait; zero to kill at once, <see cref="Timeout.InfiniteTimeSpan"/> to wait for all.</param>
    public async Task StopAsync(TimeSpan grace)
    {
        lock (_gate)
        {
            _isClosed = true;
            CheckDrained();
        }

        FlushAll();
        try
        {
            await _ended.Task.WaitAsync(grace);
        }
        catch (TimeoutException)
        {
            Abandon();
            await _ended.Task;
        }
    }

    /// <summary>The workers as a table.</summary>
    public string ToHtml() => Describe().ToHtml().Replace("<details>", "<details open>", StringComparison.Ordinal);

    /// <summary>The workers as an aligned table.</summary>
    public override string ToString() => Describe().ToString();

    private Table Describe() => new(
        ["worker", "pid", "state", "tasks done", "memory"],
        [.. Workers.Select(worker => (string[])[$"{worker.Number}", $"{worker.Pid}", $"{worker.State}", $"{worker.TasksDone}", $"{worker.MemoryBytes / (1 << 20)} MB"])],
        $"{Unfinished} calls are unfinished.");

    private void Keep(int index)
    {
        while (true)
        {
            WorkerProcess worker;
            lock (_gate)
            {
                if (_broken is not null || (_isClosed && _unended == 0))
                {
                    // A pool that was closed at once may never have started this one; it is to be seen as ended all the same.
                    _workers[index].Bury();
                    break;
                }

                worker = _workers[index] = new WorkerProcess(_gate, _control, _options, index);
            }

            worker.HoldsStart = _starts.Wait(LongestWaitToStart);
            using (worker)
                Bury(worker, worker.Live(_program, Receive, Settle, Watch));
        }

        Leave();
    }

    private void Leave()
    {
        lock (_gate)
        {
            if (--_keepers > 0)
                return;
            _control.Dispose();
        }

        _ended.TrySetResult();
    }

    private void HasStarted(WorkerProcess worker)
    {
        if (worker.HoldsStart)
            _starts.Release();
        worker.HoldsStart = false;
    }

    private void Abandon()
    {
        lock (_gate)
        {
            _isClosed = true;
            EndAll(call => new ObjectDisposedException(nameof(ProcessPool), $"The pool was disposed of before {call} had ended. Await the calls before the pool's `await using` block ends, or allow more time with DisposeGrace."));
            foreach (var worker in _workers)
                worker.Kill();
        }
    }

    // Under the gate: ends every call, wherever it is.
    private void EndAll(Func<PoolCall, Exception> reason)
    {
        foreach (var call in _workers.SelectMany(worker => worker.Calls).Concat(_queue).Concat(_outside).ToList())
            End(call, reason(call));
        CheckDrained();
    }

    // Under the gate: once nothing is left to do, sends home who is idle.
    private void CheckDrained()
    {
        if (!_isClosed || _unended > 0)
            return;
        foreach (var worker in _workers)
        {
            if (worker.IsIdle)
                worker.Exit();
        }
    }
}
