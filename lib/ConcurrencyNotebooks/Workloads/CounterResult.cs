namespace ConcurrencyNotebooks;

/// <summary>What became of the increments that several threads made to one counter.</summary>
/// <param name="Variant">How the counter was protected, or not.</param>
/// <param name="Threads">How many threads incremented.</param>
/// <param name="Expected">How many increments they made in all.</param>
/// <param name="Counted">What the counter showed at the end.</param>
/// <param name="Elapsed">From the common start to the end of the last thread.</param>
public sealed record CounterResult(string Variant, int Threads, long Expected, long Counted, TimeSpan Elapsed)
{
    /// <summary>How many increments were overwritten by another thread's.</summary>
    public long Lost => Expected - Counted;
}
