using System.Runtime.CompilerServices;

namespace ConcurrencyNotebooks;

/// <summary>Primes by trial division: work for a core whose amount grows with the numbers.</summary>
/// <example>
/// <code>
/// Primes.Count(new PrimeRange(1, 1_000))          // 168
/// </code>
/// </example>
public static class Primes
{
    /// <summary>Whether the number has no divisor between 1 and itself; tries all of them up to its square root.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool IsPrime(int number)
    {
        if (number < 2)
            return false;
        for (var divisor = 2; (long)divisor * divisor <= number; divisor++)
        {
            if (number % divisor == 0)
                return false;
        }

        return true;
    }

    /// <summary>The number of primes from <paramref name="start"/> up to, but not including, <paramref name="end"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Count(int start, int end)
    {
        var count = 0;
        for (var number = start; number < end; number++)
        {
            if (IsPrime(number))
                count++;
        }

        return count;
    }

    /// <summary>The number of primes in the range.</summary>
    public static int Count(PrimeRange range) => Count(range.Start, range.End);
}
