
namespace ConcurrencyNotebooks.Tests;

/// <summary>The way of measuring, held against machines whose true speeds are known.</summary>
public sealed class VerdictsAgainstTruthTests(ITestOutputHelper output)
{
    private const int ComparisonsEach = 600;

    /// <summary>What is claimed, and whether the works need two cores.</summary>
    private static readonly (string Name, int Cores, double? AtLeast, double? AtMost)[] Kinds =
    [
        ("waits: at least 2.5×", 1, 2.5, null),
        ("waits: at most 1.5×", 1, null, 1.5),
        ("waits: as fast", 1, 0.8, 1.25),
        ("cores: at least 1.3×", 2, 1.3, null),
        ("cores: as fast", 2, 0.8, 1.25),
    ];

    public static TheoryData<Weather> Weathers => [.. Enum.GetValues<Weather>()];

    [Theory]
    [MemberData(nameof(Weathers))]
    public async Task At_most_one_verdict_in_a_hundred_is_wrong(Weather weather)
    {
        var random = new Random(2026 + (int)weather);
        foreach (var kind in Kinds)
        {
            var verdicts = new int[3];
            var wrongOfKind = 0;
            for (var i = 0; i < ComparisonsEach; i++)
            {
                var (verdict, isTrue) = await CompareAsync(weather, random, kind.Cores, kind.AtLeast, kind.AtMost);
                verdicts[(int)verdict]++;
                if ((verdict == Verdict.Holds && !isTrue) || (verdict == Verdict.Fails && isTrue)) wrongOfKind++;
            }

            output.WriteLine(
                $"| {weather} | {kind.Name} | {Share(verdicts[0])} | {Share(verdicts[1])} | {Share(verdicts[2])} | {Share(wrongOfKind)} |");
            (100.0 * wrongOfKind / ComparisonsEach).Should().BeLessThanOrEqualTo(
                1, "so many percent of {0} verdicts on '{1}' were wrong on the machine {2}", ComparisonsEach, kind.Name, weather);
        }
    }

    [Fact]
    public void All_looks_together_miss_the_true_median_in_at_most_one_comparison_of_a_hundred_on_each_side()
    {
        // How likely each number of ratios below the median is, as rounds are added like coins.
        var likelihood = new double[Rounds.Most + 1];
        likelihood[0] = 1;
        var missed = 0.0;

        for (var round = 1; round <= Rounds.Most; round++)
        {
            for (var below = round; below >= 0; below--)
                likelihood[below] = (likelihood[below] + (below > 0 ? likelihood[below - 1] : 0)) / 2;

            // The interval begins above the median when no more ratios than those left out lie below it.
            if (round < Rounds.Fewest) continue;
            var leftOut = Rounds.Looks.Last(look => look.Rounds <= round).LeftOut;
            missed += likelihood[..(leftOut + 1)].Sum();
            Array.Clear(likelihood, 0, leftOut + 1);
        }

        missed.Should().BeInRange(0.009, 0.01);
    }

    private static async Task<(Verdict Verdict, bool IsTrue)> CompareAsync(
        Weather weather, Random random, int needsCores, double? atLeast, double? atMost)
    {
        var machine = new SimulatedMachine(weather, random);
        var comparison = new Comparison("simulated", needsCores, machine);
        var seconds = 0.005 * Math.Pow(10, random.NextDouble());

        // Half of the truths are within two percent of a bound, where verdicts are hardest; works that need cores gain up to twofold.
        var bound = atLeast is null || (atMost is not null && random.Next(2) == 0) ? atMost!.Value : atLeast.Value;
        var truth = random.Next(2) == 0 ? bound * (0.98 + (0.04 * random.NextDouble()))
            : needsCores > 1 ? 0.6 * Math.Pow(2 / 0.6, random.NextDouble())
            : bound * Math.Pow(4, random.NextDouble() - 0.5);
        var slow = machine.Add(comparison, "slow", seconds);
        var fast = machine.Add(comparison, "fast", seconds / truth, needsCores);
        if (atLeast is not null && atMost is not null) comparison.ClaimAsFast("c", fast, slow, within: atMost.Value);
        else comparison.ClaimSpeedup("c", fast, slow, atLeast, atMost);

        await comparison.MeasureAsync();

        return (comparison.Claims.Claims[0].Verdict, !(truth < atLeast) && !(truth > atMost));
    }

    private static string Share(int count) => FormattableString.Invariant($"{100.0 * count / ComparisonsEach:0.0} %");
}
