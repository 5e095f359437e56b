namespace ConcurrencyNotebooks;

/// <summary>Numbers to look for primes in: a piece of work that can be handed to a thread or to another process.</summary>
/// <param name="Start">The first number.</param>
/// <param name="End">The first number that is not looked at any more.</param>
/// <example>
/// <code>
/// var counts = new PrimeRange(1, 1_000_000).Split(4).AsParallel().Select(Primes.Count);
/// counts.Sum()     // 78,498
/// </code>
/// </example>
public readonly record struct PrimeRange(int Start, int End)
{
    /// <summary>
    /// Cuts the range into parts whose lengths differ by at most one, in order. Later parts hold more work: bigger numbers take longer.
    /// </summary>
    /// <param name="parts">The number of parts; at least 1.</param>
    public PrimeRange[] Split(int parts)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(parts);
        var (start, length) = (Start, (long)End - Start);
        return [.. Enumerable.Range(0, parts).Select(part => new PrimeRange(At(part), At(part + 1)))];

        int At(long part) => (int)(start + (length * part / parts));
    }
}
