namespace ConcurrencyNotebooks;

/// <summary>
/// How many times as fast one work is as another, and how sure that is: the median of the ratios of all rounds, and an interval that
/// contains the true one in 98 of 100 comparisons.
/// </summary>
/// <remarks>
/// The numbers are rounded once, here, so that they are the same wherever they are shown; the interval is rounded outwards. Claims
/// are judged by these very numbers.
/// </remarks>
/// <param name="Value">The median of the ratios: 2 means in half the time, 0.5 in twice the time, 1 as fast.</param>
/// <param name="Low">The lower end of the interval; 0 with fewer than seven rounds.</param>
/// <param name="High">The upper end of the interval; infinite with fewer than seven rounds.</param>
/// <param name="Rounds">The rounds that were measured.</param>
/// <example>
/// <code>
/// var waits = new Comparison("One wait and two");
/// var one = waits.Add("one", Sequential, () => Thread.Sleep(10));
/// var two = waits.Add("two", Sequential, () => { Thread.Sleep(10); Thread.Sleep(10); });
/// await waits.MeasureAsync();
///
/// Ratio gain = one.Over(two);
/// Console.WriteLine(gain);            // 2.0× as fast (1.9 to 2.1)
/// Console.WriteLine(gain.Low > 1);    // True: one wait takes less time for sure
/// </code>
/// </example>
public readonly record struct Ratio(double Value, double Low, double High, int Rounds)
{
    private int Digits { get; init; }

    /// <summary>The ratio and its interval, such as <c>1.7× as fast (1.6 to 1.8)</c>.</summary>
    public override string ToString() => Show("× as fast");

    internal static Ratio Of(IEnumerable<double> ratios)
    {
        var sorted = ratios.Order().ToList();
        if (sorted.Count == 0)
            throw new InvalidOperationException("Nothing was measured yet. Call await …MeasureAsync() on the comparison first.");
        var (median, low, high) = ConcurrencyNotebooks.Rounds.Estimate(sorted);
        var digits = DigitsFor(median, double.IsInfinity(high) ? median / 10 : high - low);
        var units = Math.Pow(10, digits);

        // The small number keeps 1.3, which is stored as 1.29999…, from being rounded down to 1.2.
        (low, high) = (Math.Floor((low * units) + 1e-9) / units, Math.Ceiling((high * units) - 1e-9) / units);
        return new(Math.Round(median, digits), low, high, sorted.Count) { Digits = digits };
    }

    internal string Show(string unit) => double.IsInfinity(High)
        ? $"{Number(Value)}{unit} ({Rounds} {(Rounds == 1 ? "round" : "rounds")})"
        : $"{Number(Value)}{unit} ({Number(Low)} to {Number(High)})";

    // As many digits as say something: one of the ratio itself and one behind the point at least, and the interval is to span some units
    // of the last one.
    private static int DigitsFor(double median, double width)
    {
        if (!(median > 0) || !double.IsFinite(median)) return 2;
        var most = 1 - Math.Min(-1, (int)Math.Floor(Math.Log10(median)));
        var least = median < 1 ? most - 1 : median < 10 ? 1 : 0;
        return width > 0 ? Math.Clamp((int)Math.Ceiling(Math.Log10(2 / width)), least, most) : most;
    }

    private string Number(double value) => value.ToString("N" + Digits, CultureInfo.InvariantCulture);
}
