namespace ConcurrencyNotebooks;

/// <summary>
/// A single-threaded event loop, as Python's asyncio has one: everything that is awaited inside comes back to the thread that
/// called Run, one step at a time, and a step that blocks freezes all.
/// </summary>
/// <remarks>
/// <code>
///   timers, sockets, pool threads ──Post──▶ ┌───────┐ ──one at a time──▶ the thread in Run,
///   async methods on the loop     ──Post──▶ │ queue │                    asleep while the queue is empty
///                                           └───────┘
/// </code>
/// <para>An await posts its continuation here through the <see cref="SynchronizationContext"/> that it finds. <c>Task.Run</c> and
/// <c>ConfigureAwait(false)</c> leave the loop, as <c>run_in_executor</c> does; awaiting them from the loop comes back to it.</para>
/// <para>The run ends with its root task; what is left over never runs again. asyncio cancels it; .NET cannot cancel a task that does not
/// watch a token.</para>
/// <para>One rule is .NET's and not the loop's: a <see cref="TaskCompletionSource"/> completed in the very step that began to await
/// it continues inside SetResult, unless it was created with <see cref="TaskCreationOptions.RunContinuationsAsynchronously"/>.</para>
/// </remarks>
/// <example>
/// <code>
/// var report = EventLoop.Run(async () =>
/// {
///     await Task.Delay(100); // others on the loop go on
///     Thread.Sleep(100);     // nobody else on the loop does
/// });
/// Console.WriteLine(report.LongestFreeze);
/// </code>
/// </example>
public sealed class EventLoop
{
    private readonly Queue<Action?> _ready = []; // Its own lock; pulsed when something is added.
    private bool _isClosed; // Under the same lock; nothing is added once it is true.

    // Only the loop's thread counts.
    private int _callbacks;
    private TimeSpan _longest;

    private EventLoop()
    {
    }

    /// <summary>The loop that runs on the calling thread.</summary>
    [field: ThreadStatic]
    internal static EventLoop? Current { get; private set; }

    /// <summary>Runs the work, and everything that it starts, on the calling thread, until the work has ended.</summary>
    /// <param name="work">The root of all work. Its exception comes out as it is; so does that of an async void method on the loop.</param>
    /// <exception cref="InvalidOperationException">This thread already runs an event loop.</exception>
    public static LoopReport Run(Func<Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (Current is not null)
        {
            throw new InvalidOperationException(
                "This thread already runs an event loop, which a second one would freeze. "
                + "Await the work instead of calling EventLoop.Run.");
        }

        var (loop, before, start) = (new EventLoop(), SynchronizationContext.Current, Stopwatch.GetTimestamp());
        Current = loop;
        try
        {
            loop.RunToEnd(work).GetAwaiter().GetResult();
            return new(Stopwatch.GetElapsedTime(start), loop._callbacks, loop._longest);
        }
        finally
        {
            Current = null;
            SynchronizationContext.SetSynchronizationContext(before);
            lock (loop._ready)
            {
                loop._isClosed = true;
                loop._ready.Clear(); // What is still queued, or comes later, is dropped.
            }
        }
    }

    // Returns the task of the work, which has ended.
    private Task RunToEnd(Func<Task> work)
    {
        Task? root = null;
        Post(() => root = work() ?? throw new InvalidOperationException("The work returned null instead of a task."));
        RunNext();

        // Whichever thread ends the root task, off the loop maybe, wakes the loop with a step that is none.
        root!.ContinueWith(
            _ => Post(null), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        while (!root.IsCompleted) RunNext();
        return root;
    }

    private void RunNext()
    {
        if (Take() is not { } step) return;

        // A context of its own for each step. With one for all, a task that ends on the loop would run what awaits it at once,
        // in the middle of the step that ended it, because the await sees that it is already where it wants to be.
        SynchronizationContext.SetSynchronizationContext(new Context(this));
        _callbacks++;
        var start = Stopwatch.GetTimestamp();
        try
        {
            step();
        }
        finally
        {
            var took = Stopwatch.GetElapsedTime(start);
            if (took > _longest) _longest = took;
        }
    }

    private Action? Take()
    {
        lock (_ready)
        {
            while (_ready.Count == 0) Monitor.Wait(_ready);
            return _ready.Dequeue();
        }
    }

    // Any thread. A step that comes too late is dropped: throwing would hit the thread that completed something, a pool thread more
    // often than not, and end the process; running it there would make the loop two threads.
    private void Post(Action? step)
    {
        lock (_ready)
        {
            if (_isClosed) return;
            _ready.Enqueue(step);
            Monitor.Pulse(_ready);
        }
    }

    private sealed class Context(EventLoop loop) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => loop.Post(() => d(state));

        public override void Send(SendOrPostCallback d, object? state)
        {
            if (EventLoop.Current != loop)
            {
                throw new NotSupportedException(
                    "Waiting for the event loop from another thread is not supported. Post to it, or await its task.");
            }

            d(state);
        }

        public override SynchronizationContext CreateCopy() => new Context(loop);
    }
}
