namespace ConcurrencyNotebooks;

/// <summary>One run of an <see cref="EventLoop"/> on the thread that made it: the queue, and who takes from it.</summary>
internal sealed class LoopThread : IDisposable
{
    private readonly Queue<Step> _ready = []; // Its own lock; pulsed when something is added.
    private bool _isClosed; // Under the same lock; nothing is added once it is true.

    private readonly SynchronizationContext? _before = SynchronizationContext.Current;
    private readonly long _start = Stopwatch.GetTimestamp();

    // Only the loop's thread counts.
    private int _callbacks;
    private TimeSpan _longest;

    public LoopThread()
    {
        if (Current is not null)
        {
            throw new InvalidOperationException(
                "This thread already runs an event loop, which a second one would freeze. "
                + "Await the work instead of calling EventLoop.Run.");
        }

        Current = this;
    }

    /// <summary>The loop that runs on the calling thread.</summary>
    [field: ThreadStatic]
    public static LoopThread? Current { get; private set; }

    /// <summary>Runs the work and what it starts; returns its task, which has ended.</summary>
    public Task RunToEnd(Func<Task> work)
    {
        Task? root = null;
        Post(_ => root = work() ?? throw new InvalidOperationException("The work returned null instead of a task."), null);
        RunNext();

        // Whichever thread ends the root task, off the loop maybe, wakes the loop with a step that is none.
        root!.ContinueWith(
            _ => Post(null, null), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        while (!root.IsCompleted) RunNext();
        return root;
    }

    public LoopReport Report() => new(Stopwatch.GetElapsedTime(_start), _callbacks, _longest);

    /// <summary>Ends the run: what is still queued, or comes later, is dropped.</summary>
    public void Dispose()
    {
        Current = null;
        SynchronizationContext.SetSynchronizationContext(_before);
        lock (_ready)
        {
            _isClosed = true;
            _ready.Clear();
        }
    }

    private void RunNext()
    {
        if (Take() is not { Action: { } action } step) return;

        // A context of its own for each step. With one for all, a task that ends on the loop would run what awaits it at once,
        // in the middle of the step that ended it, because the await sees that it is already where it wants to be.
        SynchronizationContext.SetSynchronizationContext(new Context(this));
        _callbacks++;
        var start = Stopwatch.GetTimestamp();
        try
        {
            action(step.State);
        }
        finally
        {
            var took = Stopwatch.GetElapsedTime(start);
            if (took > _longest) _longest = took;
        }
    }

    private Step Take()
    {
        lock (_ready)
        {
            while (_ready.Count == 0) Monitor.Wait(_ready);
            return _ready.Dequeue();
        }
    }

    // Any thread. A step that comes too late is dropped: throwing would hit the thread that completed something, a pool thread more
    // often than not, and end the process; running it there would make the loop two threads.
    private void Post(SendOrPostCallback? action, object? state)
    {
        lock (_ready)
        {
            if (_isClosed) return;
            _ready.Enqueue(new(action, state));
            Monitor.Pulse(_ready);
        }
    }

    private readonly record struct Step(SendOrPostCallback? Action, object? State);

    private sealed class Context(LoopThread loop) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => loop.Post(d, state);

        public override void Send(SendOrPostCallback d, object? state)
        {
            if (LoopThread.Current != loop)
            {
                throw new NotSupportedException(
                    "Waiting for the event loop from another thread is not supported. Post to it, or await its task.");
            }

            d(state);
        }

        public override SynchronizationContext CreateCopy() => new Context(loop);
    }
}
