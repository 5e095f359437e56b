namespace ConcurrencyNotebooks;

/// <summary>One line of a line chart.</summary>
/// <param name="Name">Its label, written beside its end.</param>
/// <param name="Points">Its points in order; a NaN interrupts it.</param>
/// <param name="Model">The model that it shows, which gives it its colour.</param>
/// <param name="IsReference">Whether it is there to compare with, such as the ideal speed-up: dashed, without marks.</param>
/// <param name="Shape">How its points are joined.</param>
/// <example>
/// <code>
/// new ChartLine("threads of the pool", [(0, 2), (0.5, 3), (1.0, 4)], Threads, Shape: LineShape.Steps)
/// </code>
/// </example>
public sealed record ChartLine(
    string Name, IEnumerable<(double X, double Y)> Points, ConcurrencyModel? Model = null, bool IsReference = false,
    LineShape Shape = LineShape.Straight);
