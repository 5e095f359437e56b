namespace OutOfProcess;

/// <summary>
/// A fixed number of worker processes that run static methods of compiled assemblies: what Python's
/// <c>ProcessPoolExecutor</c> is, and .NET lacks.
/// </summary>
/// <remarks>
/// A method travels by its name, its arguments and its result by value: what arrives is what left, private fields included,
/// or the call is refused before anything is sent. Large arrays are read when the call is sent, so leave them alone until it
/// has ended. All members can be called from any thread.
/// </remarks>
/// <example>
/// <code>
/// await using var pool = new ProcessPool(workers: 4);
/// long sum = await pool.RunAsync(Cpu.SumOfSquares, 10_000_000);
/// int[] counts = await pool.MapAsync(Primes.Count, ranges);
/// </code>
/// </example>
public sealed partial class ProcessPool : IAsyncDisposable
{
    //             ┌──────────────────────────── this process ────────────────────────────┐   ┌──── worker process ────┐
    //  caller ──▶ ProcessPool ──▶ CallDispatcher ──▶ Outbox ───────── calls (pipe) ─────────▶ reads, runs, answers       │
    //     ▲                           │ CallLedger, ControlBlock ◀═══ shared memory: state ═══▶ takes each step by CAS     │
    //     └── Task ◀──────────────────┴─────── Keeper's thread ◀── answers (pipe) ────────────  result, failure, progress │
    //                                             └── watches stdout, stderr and death ◀──────  prints, dies             │
    //             └──────────────────────────────────────────────────────────────────────┘   └────────────────────────┘
    //
    // A caller           makes a frame of method and arguments, which the dispatcher puts into the queue or straight into a
    //                    worker's outbox; up to 64 calls wait there, so that a worker never waits for its next one.
    // The CallDispatcher has the queue and decides, under one gate. It knows nothing of the ProcessPool: a pool that nobody
    //                    holds any more is collected, and its finalizer closes the dispatcher as a dispose does.
    // A CallLedger       is what one worker process holds, call by call.
    // A Keeper           is one thread per worker: starts the process, reads whatever it says, completes the callers' tasks,
    //                    sees it end and starts the next. It needs no thread of .NET's pool, which the program may have blocked.
    // A worker           is one thread that reads a call, runs it, answers; a second one watches for its parent's death.
    // A thief            is any worker that is idle: it gets what another one holds and has not begun.
    // The ControlBlock   says for each call that was sent whether it waits, runs, is done, was revoked, or is killed for.
    //                    Every step is one compare-and-swap by pool or worker. So at any death it is known what had
    //                    begun (it fails, unless retries are allowed) and what had not (it runs elsewhere, once).
    //
    // User code (continuations, tokens, the output of a task) never runs under the gate.

    private readonly CallDispatcher? _dispatcher;

    /// <summary>Starts a pool and returns at once; the workers start in the background.</summary>
    /// <param name="workers">How many processes, 1 to 1,000.</param>
    public ProcessPool(int workers)
        : this(new ProcessPoolOptions { Workers = workers })
    {
    }

    /// <summary>Starts a pool and returns at once; the workers start in the background.</summary>
    /// <exception cref="ArgumentException">An option makes no sense; the message says which and why.</exception>
    /// <exception cref="FileNotFoundException">The worker program is not where the library is; the message says what to do.</exception>
    /// <exception cref="InvalidOperationException">This process is itself a worker of a pool.</exception>
    public ProcessPool(ProcessPoolOptions? options = null)
    {
        options ??= new ProcessPoolOptions();
        options.Check();
        if (options.Initializer is { } initializer)
            RemoteMethod.Of(initializer);
        if (WorkerProgram.IsRunning)
        {
            throw new InvalidOperationException(
                "A worker of a process pool cannot have a pool of its own: each of that pool's workers would make the next. "
                + "A pool in a static field is made in every worker that touches its class; "
                + "make it in a method that only the program itself calls.");
        }

        WorkerProgram.Find(); // Where it is missing, the caller learns it here, and not from the calls.
        _dispatcher = new CallDispatcher(options);
    }

    /// <summary>
    /// Closes a pool that nobody disposed of: no call can come any more, and its workers end when they have nothing left to
    /// do.
    /// </summary>
    ~ProcessPool() => _dispatcher?.Close();

    /// <summary>The workers at this moment, by their numbers; one that is just being replaced has no process.</summary>
    public IReadOnlyList<WorkerSnapshot> Workers => _dispatcher!.Snapshot();

    /// <summary>
    /// Takes no more calls, waits up to <see cref="ProcessPoolOptions.DisposeGrace"/> for those that are left, then kills the
    /// workers; calls that are left fail with an <see cref="ObjectDisposedException"/>.
    /// </summary>
    /// <remarks>It may be called again and from any thread; every call returns when all workers are gone.</remarks>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _dispatcher!.Close();
        try
        {
            await _dispatcher.Ended.WaitAsync(_dispatcher.Options.DisposeGrace).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _dispatcher.Abandon();
            await _dispatcher.Ended.ConfigureAwait(false);
        }
    }
}
