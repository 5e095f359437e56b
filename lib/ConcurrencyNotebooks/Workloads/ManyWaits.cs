namespace ConcurrencyNotebooks;

/// <summary>What it took to wait for many things at once.</summary>
/// <param name="Count">How many.</param>
/// <param name="Elapsed">From the start of the first to the end of the last.</param>
/// <param name="MemoryBytes">How much more memory the process used while all of them waited.</param>
public sealed record ManyWaits(int Count, TimeSpan Elapsed, long MemoryBytes);
