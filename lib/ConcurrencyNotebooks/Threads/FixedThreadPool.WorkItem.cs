namespace ConcurrencyNotebooks;

public sealed partial class FixedThreadPool
{
    /// <summary>Work in the queue. It is claimed once, by a thread to run it or by a token to cancel it.</summary>
    private abstract class WorkItem
    {
        private int _claimed;

        protected WorkItem() => Node = new LinkedListNode<WorkItem>(this);

        public LinkedListNode<WorkItem> Node { get; }

        public abstract void Run();

        protected bool TryClaim() => Interlocked.Exchange(ref _claimed, 1) == 0;
    }

    private sealed class WorkItem<T>(FixedThreadPool pool, Func<T> work, CancellationToken token) : WorkItem
    {
        // Continuations run elsewhere: one that blocks would otherwise hold up a thread of the pool.
        private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

        // What flows with the caller (AsyncLocal values, such as which cell's output this is) flows to its work.
        private readonly ExecutionContext? _context = ExecutionContext.Capture();

        public Task<T> Task => _completion.Task;

        public void WatchToken()
        {
            if (!token.CanBeCanceled)
                return;
            var registration = token.UnsafeRegister(static item => ((WorkItem<T>)item!).Cancel(), this);

            // The caller's token may outlive thousands of items: none may stay registered after its end.
            _ = Task.ContinueWith(
                static (_, state) => ((CancellationTokenRegistration)state!).Unregister(),
                registration,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }

        public override void Run()
        {
            if (!TryClaim())
                return;
            if (_context is null)
                Complete();
            else
                ExecutionContext.Run(_context, static item => ((WorkItem<T>)item!).Complete(), this);
        }

        private void Complete()
        {
            try
            {
                _completion.SetResult(work());
            }
            catch (OperationCanceledException cancellation) when (token.IsCancellationRequested && cancellation.CancellationToken == token)
            {
                // The work watched the caller's token itself.
                _completion.SetCanceled(token);
            }
            catch (Exception exception)
            {
                // Whatever the work throws belongs to whoever awaits it; the thread goes on with the next item.
                _completion.SetException(exception);
            }
        }

        private void Cancel()
        {
            if (!TryClaim())
                return;
            pool.Remove(this);
            _completion.SetCanceled(token);
        }
    }
}
