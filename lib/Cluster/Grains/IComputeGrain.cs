namespace Cluster;

/// <summary>Does the work of the tutorial on some silo. Grains with different keys work side by side.</summary>
/// <example>
/// <code>
/// var counted = await cluster.Client.GetGrain&lt;IComputeGrain&gt;(7).CountPrimesAsync(1, 1_000);
/// Console.WriteLine($"{counted.Value} primes, counted by {counted.Silo}");
/// </code>
/// </example>
public interface IComputeGrain : IGrainWithIntegerKey
{
    /// <summary>Counts the primes from <paramref name="first"/> up to, but not including, <paramref name="below"/>.</summary>
    Task<Answer<int>> CountPrimesAsync(int first, int below);

    /// <summary>Fetches a page and counts its characters.</summary>
    Task<Answer<int>> FetchAsync(Uri page);

    /// <summary>Waits without holding a thread.</summary>
    Task<Answer<int>> WaitAsync(TimeSpan time);

    /// <summary>Does nothing: what remains is the cost of the call.</summary>
    ValueTask PingAsync();
}
