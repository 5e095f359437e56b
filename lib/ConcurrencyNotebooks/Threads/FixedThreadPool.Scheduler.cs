namespace ConcurrencyNotebooks;

public sealed partial class FixedThreadPool
{
    /// <summary>
    /// The queue and its threads. Being a task scheduler it gets from .NET what a task promises: a result or an exception, a cancellation
    /// that takes work out before it has begun and never afterwards, and the caller's AsyncLocal values.
    /// </summary>
    private sealed class Scheduler : TaskScheduler
    {
        private readonly LinkedList<Task> _queue = []; // Its own lock, which guards the fields below too; pulsed when one of them changes.
        private int _living;
        private bool _isClosed;

        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly HashSet<Thread> _threads;

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

        public void Close()
        {
            lock (_queue)
            {
                _isClosed = true;
                Monitor.PulseAll(_queue);
            }
        }

        protected override void QueueTask(Task task)
        {
            lock (_queue)
            {
                if (_isClosed) throw new InvalidOperationException("The queue is closed.");
                _queue.AddLast(task);
                Monitor.Pulse(_queue);
            }
        }

        // A token that is cancelled takes its tasks out one by one, the latest first: from this end each is found at once.
        protected override bool TryDequeue(Task task)
        {
            lock (_queue)
            {
                if (_queue.FindLast(task) is not { } node) return false;
                _queue.Remove(node);
                return true;
            }
        }

        // A thread that waits for a task must not run it itself.
        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

        // For debuggers only, which stop all threads.
        protected override IEnumerable<Task> GetScheduledTasks() => _queue;

        private void Run()
        {
            while (Take() is { } task) TryExecuteTask(task); // Never under the lock: the work of a caller cannot stop the queue.
            if (Interlocked.Decrement(ref _living) == 0) _ended.SetResult();
        }

        private Task? Take()
        {
            lock (_queue)
            {
                while (_queue.Count == 0 && !_isClosed) Monitor.Wait(_queue);
                var task = _queue.First?.Value;
                if (task is not null) _queue.RemoveFirst();
                return task;
            }
        }
    }
}
