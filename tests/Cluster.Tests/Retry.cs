namespace Cluster.Tests;

internal static class Retry
{
    /// <summary>Calls again until an answer comes. Right for calls that may be repeated.</summary>
    public static async Task<T> UntilAnsweredAsync<T>(Func<Task<T>> call, Action? failed = null)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await call();
            }
            catch (Exception error) when (tries < 100
                && error is TimeoutException or OrleansException or OperationCanceledException or ArgumentException)
            {
                // The silo died with the call, or nobody has noticed yet that it is dead; or another silo looked for the grain's
                // place in the directory, and that call of its own was cancelled.
                failed?.Invoke();
                await Task.Delay(50);
            }
        }
    }
}
