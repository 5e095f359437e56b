namespace ConcurrencyNotebooks.Site;

/// <summary>Where requests wait for each other; when it is complete they go on together, and the next ones make a new one.</summary>
internal sealed class Meeting(int expected)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _complete = New();
    private int _present;

    /// <summary>Waits until as many have come as are expected; false when the caller could not wait that long.</summary>
    public async Task<bool> JoinAsync(CancellationToken cancellationToken)
    {
        Task complete;
        lock (_lock)
        {
            complete = _complete.Task;
            if (++_present == expected)
            {
                _complete.SetResult();
                (_complete, _present) = (New(), 0);
            }
        }

        await complete.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
        {
            if (complete.IsCompleted) return true;
            _present--; // Under the lock, so the meeting cannot become complete by somebody who leaves.
            return false;
        }
    }

    // Whoever comes last must not run all the others on its own thread, and under the lock.
    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
