using Orleans.Concurrency;

namespace Cluster;

/// <summary>A number with an owner. Its key is its name, and wherever it runs, there is one of each name.</summary>
/// <example>
/// <code>
/// var counter = cluster.Client.GetGrain&lt;ICounterGrain&gt;("visitors");
/// await counter.AddAsync();
/// Console.WriteLine(await counter.ValueAsync());
/// </code>
/// </example>
public interface ICounterGrain : IGrainWithStringKey
{
    /// <summary>Reads the number, waits a moment, and writes one more. No other call of this grain begins in between.</summary>
    Task<int> AddAsync();

    /// <summary>The same, but other calls may begin while this one waits.</summary>
    [AlwaysInterleave]
    Task<int> AddInterleavedAsync();

    /// <summary>Adds one and stores the number before it answers.</summary>
    /// <param name="answerAfter">How long the answer is held back when the number is stored.</param>
    Task<int> AddStoredAsync(TimeSpan answerAfter = default);

    /// <summary>
    /// The same, once for each operation: a call with an operation that was counted before changes nothing. So it may be repeated.
    /// </summary>
    Task<int> AddOnceAsync(Guid operation, TimeSpan answerAfter = default);

    /// <summary>The number now; does not wait for calls that are under way.</summary>
    [AlwaysInterleave]
    Task<int> ValueAsync();

    /// <summary>The process of the silo that it lives in at the moment.</summary>
    [AlwaysInterleave]
    Task<int> PidAsync();
}
