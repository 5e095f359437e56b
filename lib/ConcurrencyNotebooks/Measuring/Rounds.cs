namespace ConcurrencyNotebooks;

/// <summary>How many rounds are measured, and how sure one can be of their median.</summary>
/// <remarks>
/// <para>Each round gives one ratio of two times. Whatever the machine does to them, a ratio lies below the true median as often as
/// above it, like a coin. So the smallest of seven is above the true median only if seven coins fall alike: once in 128 times. That
/// is the sign test. It assumes nothing about how the times are spread, but that rounds do not hang together: a machine that favours one of
/// the works for a second, and the other one for the next, can deceive it.</para>
/// <para>Who looks again and again while rounds are added finds an accident in the end. So there are five looks, and the more
/// rounds there are the more of the outermost ratios are left out. All looks together leave the true median below the interval in at
/// most 1 % of the comparisons, and above it in as many: a test walks all sequences of coins and adds up (0.94 %). Between two looks the
/// interval of the last look stays: leaving out no more than before can only make it wider.</para>
/// </remarks>
internal static class Rounds
{
    /// <summary>Rounds without which nothing can be said.</summary>
    public const int Fewest = 7;

    /// <summary>Rounds after which more would hardly help.</summary>
    public const int Most = 40;

    /// <summary>Rounds at which there is a look, and how many ratios it leaves out at each end.</summary>
    public static readonly (int Rounds, int LeftOut)[] Looks = [(Fewest, 0), (14, 1), (20, 2), (28, 5), (Most, 10)];

    /// <summary>The median, and the ends of its 98 % interval: 1 % on each side, all looks together.</summary>
    public static (double Median, double Low, double High) Estimate(IReadOnlyList<double> sorted)
    {
        // The geometric mean of the middle two, so that a over b is always the inverse of b over a.
        var median = Math.Sqrt(sorted[(sorted.Count - 1) / 2] * sorted[sorted.Count / 2]);
        if (sorted.Count < Fewest) return (median, 0, double.PositiveInfinity);
        var leftOut = Looks.Last(look => look.Rounds <= sorted.Count).LeftOut;
        return (median, sorted[leftOut], sorted[^(leftOut + 1)]);
    }
}
