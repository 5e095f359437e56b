using System.Runtime.CompilerServices;

namespace ConcurrencyNotebooks;

/// <summary>Work that keeps one core busy and touches no memory.</summary>
/// <remarks>
/// Optimised from the first call on, as all timed loops of this library are: otherwise the runtime starts with slow code
/// and replaces it while it runs, and whatever is measured first looks slower than the rest.
/// </remarks>
public static class Cpu
{
    /// <summary>The sum of i · i for all i from 0 up to, but not including, <paramref name="n"/>.</summary>
    /// <remarks>Wraps around without an error beyond 3,024,617 terms, where the sum outgrows 64 bits: it is the time that counts here.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long SumOfSquares(long n)
    {
        long sum = 0;
        for (long i = 0; i < n; i++)
            sum = unchecked(sum + (i * i));
        return sum;
    }

    /// <summary>The same sum as an interpreter computes it: under its lock, with a checkpoint wherever the loop jumps back.</summary>
    /// <remarks>
    /// CPython looks at every backward jump whether it is to hand over the lock, so every term has its checkpoint here.
    /// One is a read of a field that hardly ever changes; it about doubles the time of a loop as small as this, so compare
    /// threads under the lock with a sequence under the lock.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long SumOfSquares(long n, InterpreterLock interpreterLock)
    {
        ArgumentNullException.ThrowIfNull(interpreterLock);
        using (interpreterLock.Enter())
        {
            long sum = 0;
            for (long i = 0; i < n; i++)
            {
                sum = unchecked(sum + (i * i));
                interpreterLock.Checkpoint();
            }

            return sum;
        }
    }
}
