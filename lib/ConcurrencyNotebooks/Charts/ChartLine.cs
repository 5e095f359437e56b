namespace ConcurrencyNotebooks;

/// <summary>One line of a line chart.</summary>
/// <param name="Name">Its label, written beside its end.</param>
/// <param name="Points">Its points in order; a NaN interrupts it.</param>
/// <param name="Model">The model that it shows, which gives it its colour.</param>
/// <param name="IsReference">Whether it is there to compare with, such as the ideal speed-up: dashed, without marks.</param>
/// <param name="Shape">How its points are joined.</param>
/// <example>
/// <code>
/// var steps = new ChartLine("threads of the pool", [(0, 2), (0.5, 3), (1.0, 4)], Threads, Shape: LineShape.Steps);
/// var runs = new ChartLine("every run", [(1, 0.1), (1, 0.3), (2, 0.2)], Shape: LineShape.Dots);
/// var p99 = ChartLine.Quantile("p99", [(1, 0.1), (1, 0.3), (2, 0.2)], 0.99, Threads);
/// ChartSpec.Lines("Waits", new ChartAxis("at once"), new ChartAxis("time", "s"), [steps, runs, p99])
/// </code>
/// </example>
public sealed record ChartLine(
    string Name, IEnumerable<(double X, double Y)> Points, ConcurrencyModel? Model = null, bool IsReference = false,
    LineShape Shape = LineShape.Straight)
{
    /// <summary>The line through a quantile of the runs at each place: p50, p99.</summary>
    /// <param name="name">Its label.</param>
    /// <param name="runs">Every run with its place on the horizontal axis.</param>
    /// <param name="share">How many of the runs lie at or below it: 0.5 for the median, 0.99.</param>
    /// <param name="model">The model that it shows.</param>
    public static ChartLine Quantile(string name, IEnumerable<(double X, double Y)> runs, double share, ConcurrencyModel? model = null) =>
        new(name, runs.GroupBy(run => run.X).OrderBy(place => place.Key).Select(place => (place.Key, place.Select(run => run.Y).Order()
            .ElementAt((int)Math.Clamp(Math.Ceiling(share * place.Count()) - 1, 0, place.Count() - 1)))), model);
}

/// <summary>How the points of a <see cref="ChartLine"/> are joined.</summary>
/// <example>
/// <code>
/// new ChartLine("queue", [(0, 0), (0.1, 5), (0.4, 0)], Shape: LineShape.Steps)
/// </code>
/// </example>
public enum LineShape
{
    /// <summary>By straight lines.</summary>
    Straight,

    /// <summary>By steps: a value lasts until the next one, as a number of threads does.</summary>
    Steps,

    /// <summary>Not at all: each point is a measurement of its own.</summary>
    Dots,
}
