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
            catch (Exception error) when (error is TimeoutException or OrleansException or ArgumentException && tries < 100)
            {
                // The silo died with the call, or nobody has noticed yet that it is dead.
                failed?.Invoke();
                await Task.Delay(50);
            }
        }
    }
}
