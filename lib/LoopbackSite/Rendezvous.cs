namespace LoopbackSite;

/// <summary>Requests wait here for each other; the last one lets all of them go on, and the next ones begin again.</summary>
internal sealed class Rendezvous(int expected)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _complete = New();
    private int _present;

    /// <summary>Waits until all that are expected have come; false when the caller gives up before.</summary>
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
            _present--; // Under the lock, so that nobody who leaves can make it complete.
            return false;
        }
    }

    // The last one must not run all the others on its own thread, and under the lock.
    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
