internal static class Primes
{
    public static int ProcessId() => Environment.ProcessId;

    /// <summary>The number of primes among the 100,000 numbers from a start.</summary>
    public static int CountFrom(int start) => Enumerable.Range(start, 100_000).Count(IsPrime);

    private static bool IsPrime(int number)
    {
        for (var divisor = 2; divisor * divisor <= number; divisor++)
        {
            if (number % divisor == 0)
                return false;
        }

        return number > 1;
    }
}
