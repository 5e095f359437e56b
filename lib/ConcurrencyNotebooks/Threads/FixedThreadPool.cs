using System.Collections.Concurrent;

namespace ConcurrencyNotebooks;

/// <summary>
/// A fixed number of dedicated threads that work off one queue: what Python's <c>ThreadPoolExecutor(max_workers=…)</c> is.
/// </summary>
/// <remarks>
/// .NET's own pool starts about one thread per core and adds further ones slowly, so 100 blocking calls at once take far longer there than
/// the longest of them. Here all threads exist from the start. The queue is unbounded. All members can be called from any thread, except
/// that a pool cannot be disposed of by its own threads, which would wait for themselves.
/// </remarks>
/// <example>
/// <code>
/// await using (var pool = new FixedThreadPool(threads: 20))
/// {
///     var answer = await pool.SubmitAsync(() => { Thread.Sleep(100); return 42; });
///     var texts = await pool.MapAsync(File.ReadAllText, Directory.GetFiles("."));
/// }
/// </code>
/// </example>
public sealed class FixedThreadPool : IAsyncDisposable
{
    private readonly Scheduler _scheduler;

    /// <summary>Starts the threads.</summary>
    /// <param name="threads">The number of threads; at least 1.</param>
    public FixedThreadPool(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        ThreadCount = threads;
        _scheduler = new(threads);
    }

    /// <summary>The number of threads.</summary>
    public int ThreadCount { get; }

    /// <summary>Queues work; the task completes with its result or its exception.</summary>
    /// <param name="work">Runs on one of the pool's threads and may block it.</param>
    /// <param name="cancellationToken">Takes the work out of the queue. Work that has begun goes on; it may watch the token itself.</param>
    /// <exception cref="ObjectDisposedException">The pool has been disposed of.</exception>
    public Task<T> SubmitAsync<T>(Func<T> work, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);

        // Continuations run elsewhere: one that blocks would otherwise hold up a thread of the pool. And a task that the work starts runs
        // on .NET's own pool, unless the work says otherwise.
        const TaskCreationOptions Options =
            TaskCreationOptions.DenyChildAttach | TaskCreationOptions.HideScheduler | TaskCreationOptions.RunContinuationsAsynchronously;
        var task = new Task<T>(work, cancellationToken, Options); // Not StartNew: its tasks do not leave the queue when they are cancelled.
        try
        {
            task.Start(_scheduler);
        }
        catch (InvalidOperationException) when (task.IsCanceled)
        {
            // Cancelled before it was in the queue, which the caller learns from the task.
        }
        catch (TaskSchedulerException)
        {
            throw new ObjectDisposedException(
                nameof(FixedThreadPool),
                "This FixedThreadPool has been disposed of and takes no more work. Submit before its `await using` block ends, or create "
                + "another pool.");
        }

        return task;
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
    /// <remarks>
    /// The items are read as there is room for them, at most two a thread ahead of the results. After a call that failed, those still in
    /// the queue are left out. The task fails with the first failure in the order of the items, when none of its calls runs any more.
    /// </remarks>
    /// <inheritdoc cref="SubmitAsync{T}(Func{T}, CancellationToken)"/>
    public async Task<TOut[]> MapAsync<TIn, TOut>(
        Func<TIn, TOut> function, IEnumerable<TIn> items, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(items);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var room = new SemaphoreSlim(2 * ThreadCount);
        var calls = new List<Task<TOut>>();
        try
        {
            foreach (var item in items)
            {
                await room.WaitAsync(stop.Token);
                calls.Add(CallAsync(item));
            }

            return await Task.WhenAll(calls);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The caller's own token, and not the one that is linked to it; else a call failed while others waited for room.
            cancellationToken.ThrowIfCancellationRequested();
            return await Task.WhenAll(calls);
        }
        finally
        {
            await stop.CancelAsync(); // Where the items cannot be enumerated to their end: what is queued is left out.
            Task ended = Task.WhenAll(calls);
            await ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task<TOut> CallAsync(TIn item)
        {
            try
            {
                return await SubmitAsync(() => function(item), stop.Token);
            }
            catch
            {
                await stop.CancelAsync();
                throw;
            }
            finally
            {
                room.Release();
            }
        }
    }

    /// <summary>Takes no more work, waits for all that was submitted, and ends the threads.</summary>
    /// <exception cref="InvalidOperationException">Called on a thread of this pool.</exception>
    public ValueTask DisposeAsync()
    {
        if (_scheduler.Owns(Thread.CurrentThread))
        {
            throw new InvalidOperationException(
                $"The work running on thread {Thread.CurrentThread.Name} disposes of its own FixedThreadPool, "
                + "which would wait for this very work. Dispose of the pool where it was created.");
        }

        _scheduler.Close();
        return new ValueTask(_scheduler.Ended);
    }

    /// <summary>
    /// The queue and its threads. Being a task scheduler it gets from .NET what a task promises: a result or an exception, a cancellation
    /// that takes work out before it has begun and never afterwards, and the caller's AsyncLocal values.
    /// </summary>
    private sealed class Scheduler : TaskScheduler
    {
        private readonly BlockingCollection<Task> _queue = [];
        private readonly HashSet<Thread> _threads;
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _living;

        public Scheduler(int threads)
        {
            // Background: a pool that nobody disposed of does not keep the process alive.
            _threads = [.. Enumerable.Range(1, threads).Select(number => new Thread(Run) { IsBackground = true, Name = $"pool-{number}" })];
            _living = threads;
            try
            {
                foreach (var thread in _threads) thread.UnsafeStart();
            }
            catch
            {
                Close(); // A thread could not be started; those before it must not stay.
                throw;
            }
        }

        public Task Ended => _ended.Task;

        public bool Owns(Thread thread) => _threads.Contains(thread);

        public void Close() => _queue.CompleteAdding();

        protected override void QueueTask(Task task) => _queue.Add(task);

        // Makes a cancelled task end at once. It stays in the queue, and does not run when its turn comes.
        protected override bool TryDequeue(Task task) => true;

        // A thread that waits for a task must not run it itself.
        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

        // For debuggers only.
        protected override IEnumerable<Task> GetScheduledTasks() => _queue;

        private void Run()
        {
            foreach (var task in _queue.GetConsumingEnumerable()) TryExecuteTask(task);
            if (Interlocked.Decrement(ref _living) == 0) _ended.SetResult();
        }
    }
}
