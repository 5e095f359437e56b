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
/// ChartSpec.Lines("Waits", new ChartAxis("at once"), new ChartAxis("time", "s"), [steps, runs])
/// </code>
/// </example>
public sealed record ChartLine(
    string Name, IEnumerable<(double X, double Y)> Points, ConcurrencyModel? Model = null, bool IsReference = false,
    LineShape Shape = LineShape.Straight);

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
