namespace ConcurrencyNotebooks;

/// <summary>What BenchmarkDotNet found, as the last value of a cell a chart on a logarithmic axis and a table with errors and allocations.</summary>
/// <param name="Title">What was measured.</param>
/// <param name="Machine">Where it was measured.</param>
/// <param name="Results">One for each benchmark, in the order in which they were declared.</param>
[TypeFormatterSource(typeof(OutputFormatterSource), PreferredMimeTypes = ["text/html", "image/svg+xml", "text/plain"])]
public sealed record BenchmarkReport(string Title, string Machine, IReadOnlyList<BenchmarkResult> Results) : IPicture
{
    /// <summary>The chart and its table as HTML, without script or anything from outside.</summary>
    public string ToHtml() => Draw().ToHtml();

    /// <summary>The chart as a picture of its own.</summary>
    public string ToSvg() => Draw().ToSvg();

    /// <summary>The results as an aligned table.</summary>
    public override string ToString() => Draw().ToString();

    private Drawing Draw()
    {
        var bars = Results.Select(result => new Bar(
            result.Name,
            result.MeanNanoseconds * 1e-9,
            // An error as large as the mean says that it may be next to nothing, which has no place on this axis.
            Math.Max(result.MeanNanoseconds - result.ErrorNanoseconds, result.MeanNanoseconds / 10) * 1e-9,
            (result.MeanNanoseconds + result.ErrorNanoseconds) * 1e-9,
            result.Model));
        var rows = Results.Select(result => new[]
        {
            result.Name,
            Quantity.Format(result.MeanNanoseconds * 1e-9, "s"),
            "± " + Quantity.Format(result.ErrorNanoseconds * 1e-9, "s"),
            result.AllocatedBytes is { } bytes ? Quantity.Format(bytes, "B") : "",
        });
        var axis = new Axis("mean time, whiskers: 99.9 % confidence", "s", Logarithmic: true);
        return BarChart.Draw(Title, Machine, [.. bars], axis, new Table(["operation", "mean", "error", "allocated"], [.. rows]));
    }
}
