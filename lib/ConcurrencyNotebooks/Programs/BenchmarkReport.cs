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
[TypeFormatterSource(typeof(OutputFormatterSource), PreferredMimeTypes = ["text/html", "text/plain", ChartSpec.MimeType])]
public sealed class BenchmarkReport(string title, string machine, IReadOnlyList<BenchmarkResult> results) : Picture
{
    /// <summary>What was measured.</summary>
    public string Title { get; } = title;

    /// <summary>Where it was measured.</summary>
    public string Machine { get; } = machine;

    /// <summary>One result for each benchmark, in the order in which they were declared.</summary>
    public IReadOnlyList<BenchmarkResult> Results { get; } = results;

    /// <inheritdoc/>
    public override ChartSpec ToSpec()
    {
        var bars = Results.Select(result => new ChartBar(
            result.Name,
            result.MeanNanoseconds * 1e-9,
            // An error as large as the mean says that it may be next to nothing, which has no place on this axis.
            Math.Max(result.MeanNanoseconds - result.ErrorNanoseconds, result.MeanNanoseconds / 10) * 1e-9,
            (result.MeanNanoseconds + result.ErrorNanoseconds) * 1e-9,
            result.Model,
            Note: result.AllocatedBytes is { } bytes ? Quantity.Format(bytes, "B") : ""));
        var axis = new ChartAxis("mean time, interval of 99.9 % confidence", "s", Logarithmic: true);
        return new(Title, BarChart.Of([.. bars], axis, "allocated"), Machine);
    }
}
