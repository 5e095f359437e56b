using System.Globalization;

namespace ConcurrencyNotebooks;

public sealed partial class Comparison
{
    /// <summary>The chart, its table and the claims as HTML, without script or anything from outside.</summary>
    public override string ToHtml() => string.Join('\n', Claims.Claims.Select(claim => claim.ToHtml()).Prepend(base.ToHtml()));

    /// <summary>The times as an aligned table, and the claims.</summary>
    public override string ToString() => string.Join('\n', Claims.Claims.Select(claim => claim.ToString()).Prepend(base.ToString()));

    private protected override Drawing Draw()
    {
        List<Timing> timings = [.. _timings.Where(timing => timing.Samples.Count > 0)];
        var rows = timings.Select(timing => Row(timing, string.Join("; ", RatiosOf(timing)))).ToList();
        var bars = timings.Select(timing => Bar(timing, RatiosOf(timing).FirstOrDefault())).ToList();
        if (_cores.HasSamples)
        {
            rows.AddRange([Row(_cores.One, ""), Row(_cores.All, _cores.Description)]);
            bars.AddRange([Bar(_cores.One, null), Bar(_cores.All, _cores.Description)]);
        }

        var medians = timings.Select(timing => timing.Median.TotalSeconds).DefaultIfEmpty().ToList();
        var axis = new Axis(
            timings.Exists(timing => timing.Samples.Count > 1) ? "median time, whiskers from fastest to slowest round" : "time", "s",
            Logarithmic: medians.Min() > 0 && medians.Max() >= 10 * medians.Min());
        return BarChart.Draw(Title, "", bars, axis, new Table(["name", "median", "fastest", "slowest", "rounds", "compared"], [.. rows]));
    }

    // What is claimed of a work; where nothing is, how it compares with the first one.
    private IEnumerable<string> RatiosOf(Timing timing)
    {
        var others = _claims.Where(claim => claim.Work == timing).Select(claim => claim.Over).Distinct().ToList();
        if (others.Count == 0 && timing != _timings[0]) others.Add(_timings[0]);
        return others.Where(other => other.Samples.Count > 0).Select(other => $"{timing.Over(other)} as {other.Name}");
    }

    private static string[] Row(Timing timing, string compared) =>
    [
        timing.Name, Seconds(timing.Median), Seconds(timing.Minimum), Seconds(timing.Maximum),
        timing.Samples.Count.ToString(CultureInfo.InvariantCulture), compared,
    ];

    private static Bar Bar(Timing timing, string? compared) => new(
        compared is null ? timing.Name : $"{timing.Name}: {compared}",
        timing.Median.TotalSeconds, timing.Minimum.TotalSeconds, timing.Maximum.TotalSeconds, timing.Model);

    private static string Seconds(TimeSpan time) => Quantity.Format(time.TotalSeconds, "s");
}
