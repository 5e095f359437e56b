namespace ConcurrencyNotebooks;

/// <summary>
/// The results of BenchmarkDotNet. As the last value of a cell they are a chart on a logarithmic axis, with errors and allocations.
/// </summary>
/// <example>
/// <code>
/// BenchmarkReport costs = await BenchmarkProgram.RunAsync("switching");
/// costs
/// </code>
/// </example>
[TypeFormatterSource(typeof(OutputFormatterSource), PreferredMimeTypes = ["text/html", "image/svg+xml", "text/plain"])]
public sealed class BenchmarkReport(string title, string machine, IReadOnlyList<BenchmarkResult> results) : Picture
{
    /// <summary>What was measured.</summary>
    public string Title { get; } = title;

    /// <summary>Where it was measured.</summary>
    public string Machine { get; } = machine;

    /// <summary>One result for each benchmark, in the order in which they were declared.</summary>
    public IReadOnlyList<BenchmarkResult> Results { get; } = results;

    private protected override Drawing Draw()
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
