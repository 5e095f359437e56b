namespace ConcurrencyNotebooks;

/// <summary>What several threads counted with one counter.</summary>
/// <param name="Expected">The increments that they made in all.</param>
/// <param name="Counted">What the counter showed at the end.</param>
/// <param name="Elapsed">The time from the common start to the end of the last thread.</param>
/// <example>
/// <code>
/// CounterResult result = Counters.Plain(threads: 2, increments: 1_000_000);
/// Console.WriteLine($"{result.Lost} of {result.Expected} increments were lost in {result.Elapsed}.");
/// </code>
/// </example>
public sealed record CounterResult(long Expected, long Counted, TimeSpan Elapsed)
{
    /// <summary>The increments that another thread's write undid.</summary>
    public long Lost => Expected - Counted;
}
