using System.Runtime.CompilerServices;

namespace ConcurrencyNotebooks;

/// <summary>Work that keeps one core busy and touches no memory.</summary>
/// <remarks>
/// Optimised from the first call on, as all timed loops of this library are: otherwise the runtime starts with slow code
/// and replaces it while it runs, and whatever is measured first looks slower than the rest.
/// </remarks>
/// <example>
/// <code>
/// Cpu.SumOfSquares(10)                            // 285
/// </code>
/// </example>
public static class Cpu
{
    private const int TermsPerCheckpoint = 64;

    /// <summary>The sum of i · i for all i from 0 up to, but not including, <paramref name="n"/>.</summary>
    /// <remarks>Wraps around without an error beyond 3,024,617 terms, where the sum outgrows 64 bits: here the time counts.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long SumOfSquares(long n)
    {
        long sum = 0;
        for (long i = 0; i < n; i++)
            sum = unchecked(sum + (i * i));
        return sum;
    }

    /// <summary>The same sum as an interpreter computes it: under its lock, with a checkpoint every so often.</summary>
    /// <remarks>
    /// CPython looks whether it is to hand over the lock at every backward jump, so about every 50 ns in such a loop. Here
    /// that is every <see cref="TermsPerCheckpoint"/> terms: fewer would make the checkpoints the larger part of the work,
    /// and a sum under the lock could not be compared with one without; many more would let turns outlast their interval.
    /// </remarks>
    public static long SumOfSquares(long n, InterpreterLock interpreterLock)
    {
        ArgumentNullException.ThrowIfNull(interpreterLock);
        long sum = 0;
        interpreterLock.Run(() => sum = SumWithCheckpoints(n, interpreterLock));
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long SumWithCheckpoints(long n, InterpreterLock interpreterLock)
    {
        long sum = 0;
        for (long i = 0; i < n;)
        {
            for (var end = Math.Min(n, i + TermsPerCheckpoint); i < end; i++)
                sum = unchecked(sum + (i * i));
            interpreterLock.Checkpoint();
        }

        return sum;
    }
}
