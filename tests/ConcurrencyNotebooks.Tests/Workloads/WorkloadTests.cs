using System.Numerics;

namespace ConcurrencyNotebooks.Tests.Workloads;

public sealed class WorkloadTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(4, 0 + 1 + 4 + 9)]
    [InlineData(1_000_000, 333_332_833_333_500_000)]
    public void Sums_of_squares(long n, long expected)
    {
        Cpu.SumOfSquares(n).Should().Be(expected);
        Cpu.SumOfSquares(n, new InterpreterLock()).Should().Be(expected);
    }

    [Theory]
    [InlineData(3_024_617, true)]
    [InlineData(3_024_618, false)]
    public void A_sum_of_squares_is_exact_up_to_the_number_of_terms_that_its_documentation_tells(long n, bool isExact)
    {
        var exact = new BigInteger(n - 1) * n * ((2 * n) - 1) / 6;

        (Cpu.SumOfSquares(n) == exact).Should().Be(isExact);
    }

    [Theory]
    [InlineData(-7, false)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(4, false)]
    [InlineData(49, false)]
    [InlineData(97, true)]
    [InlineData(2_147_302_921, false)] // 46,339 squared, the largest square of a prime that fits
    [InlineData(int.MaxValue, true)]
    public void Primes_are_recognised(int number, bool isPrime) => Primes.IsPrime(number).Should().Be(isPrime);

    [Fact]
    public void There_are_78_498_primes_under_a_million_however_they_are_split()
    {
        var parts = new PrimeRange(1, 1_000_000).Split(4);

        parts.Should().HaveCount(4);
        parts.Sum(Primes.Count).Should().Be(78_498);
    }

    [Fact]
    public void Parts_join_without_gap_or_overlap()
    {
        var parts = new PrimeRange(-5, 95).Split(7);

        parts[0].Start.Should().Be(-5);
        parts[^1].End.Should().Be(95);
        parts.Zip(parts.Skip(1)).Should().OnlyContain(pair => pair.First.End == pair.Second.Start);
        parts.Select(part => part.End - part.Start).Should().OnlyContain(length => length == 14 || length == 15);
    }
}
