namespace ConcurrencyNotebooks.Tests;

public sealed class RatioTests
{
    public static TheoryData<string, double[]> Shown { get; } = new()
    {
        { "1.7× as fast (1.6 to 1.9)", [1.62, 1.66, 1.68, 1.7, 1.72, 1.75, 1.84] },
        { "0.98× as fast (0.93 to 1.06)", [0.931, 0.96, 0.97, 0.98, 0.99, 1, 1.055] },
        { "38× as fast (30 to 46)", [30.2, 33, 36, 37.6, 39, 40, 45.4] },
        { "0.034× as fast (0.030 to 0.036)", [0.0301, 0.033, 0.034, 0.034, 0.035, 0.035, 0.0359] },
        { "0.04× as fast (0.01 to 1.30)", [0.011, 0.02, 0.03, 0.041, 0.5, 0.9, 1.3] },
        { "0.7× as fast (0.1 to 1.5)", [0.11, 0.4, 0.6, 0.7, 0.8, 0.9, 1.44] },
        { "1,240× as fast (900 to 1,500)", [900, 1000, 1100, 1240, 1300, 1400, 1500] },
        { "1.30× as fast (1.30 to 1.30)", [1.3, 1.3, 1.3, 1.3, 1.3, 1.3, 1.3] },
        { "2.0× as fast (3 rounds)", [1.9, 2, 2.2] },
    };

    [Theory]
    [MemberData(nameof(Shown))]
    public void Digits_suit_the_interval_and_its_ends_are_rounded_outwards(string expected, double[] ratios)
    {
        Ratio.Of(ratios).ToString().Should().Be(expected);
    }

    [Fact]
    public void One_over_the_other_is_the_inverse_of_the_other_over_the_one()
    {
        var (median, low, high) = Rounds.Estimate([1, 2, 4, 5, 8, 10, 20, 40]);
        var inverse = Rounds.Estimate([1 / 40.0, 1 / 20.0, 0.1, 1 / 8.0, 0.2, 0.25, 0.5, 1]);

        inverse.Median.Should().BeApproximately(1 / median, 1e-12);
        (inverse.Low, inverse.High).Should().Be((1 / high, 1 / low));
    }

    [Fact]
    public void The_more_rounds_the_more_of_the_outermost_are_left_out()
    {
        foreach (var (rounds, leftOut) in Rounds.Looks)
        {
            var (_, low, high) = Rounds.Estimate([.. Enumerable.Range(1, rounds).Select(i => (double)i)]);

            (low, high).Should().Be((leftOut + 1, rounds - leftOut));
        }
    }
}
