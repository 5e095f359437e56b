using System.Diagnostics;

namespace ConcurrencyNotebooks;

/// <summary>
/// A fixed number of dedicated threads that work off one queue: what Python's <c>ThreadPoolExecutor(max_workers=…)</c> is.
/// </summary>
/// <remarks>
/// .NET's own pool starts about one thread per core and adds further ones slowly, so 100 blocking calls at once take
/// far longer there than the longest of them. Here all threads exist from the start. The queue is unbounded. All members
/// can be called from any thread, except that a pool cannot be disposed of by its own threads, which would wait for
/// themselves.
/// </remarks>
public sealed partial class FixedThreadPool : IAsyncDisposable
{
    //   caller ── SubmitAsync ──▶ _queue ──▶ thread 1 … n ──▶ the caller's Task
    //     └── cancels its token ──▶ takes the item out of _queue
    //
    // A caller  adds an item under _gate and wakes one thread.
    // A thread  takes the oldest item under _gate, runs it outside of it, and ends when the queue is closed and empty.
    // A token   claims an item that no thread has claimed yet; whoever claims an item completes its task, so exactly one does.
    //
    // User code (work, continuations, whatever a token calls) never runs under _gate: it cannot stop the queue.

    [ThreadStatic]
    private static FixedThreadPool? _poolOfThisThread;

    private readonly object _gate = new();
    private readonly LinkedList<WorkItem> _queue = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _living;
    private bool _closed;

    /// <summary>Starts the threads.</summary>
    /// <param name="threads">How many; at least 1.</param>
    public FixedThreadPool(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        ThreadCount = threads;
        try
        {
            for (var number = 1; number <= threads; number++)
            {
                // Background: a pool that nobody disposed of does not keep the process alive.
                var thread = new Thread(Run) { IsBackground = true, Name = $"pool-{number}" };
                lock (_gate)
                    _living++;
                thread.UnsafeStart();
            }
        }
        catch
        {
            // The thread that could not be started never runs, so it is counted off here; those before it must not stay.
            Close();
            CountOff();
            throw;
        }
    }

    /// <summary>How many threads there are.</summary>
    public int ThreadCount { get; }

    /// <summary>How many pieces of work wait for a thread.</summary>
    public int QueueLength
    {
        get
        {
            lock (_gate)
                return _queue.Count;
        }
    }

    /// <summary>Queues work; the task completes with its result or its exception.</summary>
    /// <param name="work">Runs on one of the pool's threads and may block it.</param>
    /// <param name="cancellationToken">Takes the work out of the queue. Work that has begun goes on; it may watch the token itself.</param>
    /// <exception cref="ObjectDisposedException">The pool has been disposed of.</exception>
    public Task<T> SubmitAsync<T>(Func<T> work, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellationToken);

        var item = new WorkItem<T>(this, work, cancellationToken);
        lock (_gate)
        {
            if (_closed)
                throw Disposed();
            _queue.AddLast(item.Node);
            Monitor.Pulse(_gate);
        }

        // Only now, with the item in the queue: a token that is cancelled meanwhile calls back at once and finds it there.
        item.WatchToken();
        return item.Task;
    }

    /// <summary>Queues work that has no result.</summary>
    /// <inheritdoc cref="SubmitAsync{T}(Func{T}, CancellationToken)"/>
    public Task SubmitAsync(Action work, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return SubmitAsync(() => { work(); return true; }, cancellationToken);
    }

    /// <summary>Not for asynchronous work.</summary>
    [Obsolete("A thread of the pool would be free again at the first await, long before the work is done. "
        + "Submit a method that blocks, or await asynchronous work without a pool.", error: true)]
    public Task SubmitAsync(Func<Task> work, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Calls the function for every item and returns the results in the order of the items.</summary>
    /// <remarks>After a call that failed, those still in the queue are left out, and the task fails with the first failure in the order of the items.</remarks>
    /// <inheritdoc cref="SubmitAsync{T}(Func{T}, CancellationToken)"/>
    public async Task<TOut[]> MapAsync<TIn, TOut>(
        Func<TIn, TOut> function, IEnumerable<TIn> items, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(items);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var tasks = new List<Task<TOut>>();
        try
        {
            foreach (var item in items)
                tasks.Add(SubmitAsync(() => function(item), stop.Token));
            await foreach (var task in Task.WhenEach(tasks))
            {
                if (task.IsFaulted)
                    await stop.CancelAsync();
            }

            return await Task.WhenAll(tasks);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        finally
        {
            // Items that cannot be enumerated to their end: nobody awaits what is queued already.
            await stop.CancelAsync();
        }
    }

    /// <summary>Takes no more work, waits for all that was submitted, and ends the threads.</summary>
    /// <exception cref="InvalidOperationException">Called on a thread of this pool.</exception>
    public ValueTask DisposeAsync()
    {
        if (_poolOfThisThread == this)
        {
            throw new InvalidOperationException(
                $"The work running on thread {Thread.CurrentThread.Name} disposes of its own FixedThreadPool, "
                + "which would wait for this very work. Dispose of the pool where it was created.");
        }

        Close();
        return new ValueTask(_ended.Task);
    }

    private void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }

    private ObjectDisposedException Disposed() => new(
        nameof(FixedThreadPool),
        "This FixedThreadPool has been disposed of and takes no more work. Submit before its `await using` block ends, or create another pool.");

    private void Run()
    {
        _poolOfThisThread = this;
        while (Take() is { } item)
            item.Run();
        CountOff();
    }

    private WorkItem? Take()
    {
        lock (_gate)
        {
            while (_queue.Count == 0 && !_closed)
                Monitor.Wait(_gate);
            var item = _queue.First?.Value;
            if (item is not null)
                _queue.RemoveFirst();
            return item;
        }
    }

    private void Remove(WorkItem item)
    {
        lock (_gate)
        {
            // A thread may have taken it between the claim and now; it will find it claimed and drop it.
            if (item.Node.List is not null)
                _queue.Remove(item.Node);
        }
    }

    private void CountOff()
    {
        bool last;
        lock (_gate)
        {
            _living--;
            Debug.Assert(_living >= 0, "Every thread ends once.");
            last = _closed && _living == 0;
            Debug.Assert(!last || _queue.Count == 0, "The last thread leaves no work behind.");
        }

        if (last)
            _ended.TrySetResult();
    }
}
