namespace ConcurrencyNotebooks;

/// <summary>A bar or line chart; as the last value of a cell it draws itself, with its numbers in a table below.</summary>
[TypeFormatterSource(typeof(OutputFormatterSource), PreferredMimeTypes = ["text/html", "image/svg+xml", "text/plain"])]
public sealed class Chart : Picture
{
    private readonly Drawing _drawing;

    private Chart(Drawing drawing) => _drawing = drawing;

    /// <summary>Horizontal bars, one below the other, each with its name and its value.</summary>
    /// <param name="title">What the chart shows.</param>
    /// <param name="bars">The bars, from top to bottom; about a dozen stay readable.</param>
    /// <param name="unit">The unit of the values, as in <see cref="Axis.Unit"/>.</param>
    /// <param name="axis">What the values are.</param>
    /// <param name="logarithmic">Whether equal distances are equal factors.</param>
    /// <param name="subtitle">What is said below the title; nothing when not given.</param>
    public static Chart Bars(
        string title, IEnumerable<(string Label, double Value)> bars, string unit = "", string axis = "", bool logarithmic = false,
        string subtitle = "")
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(bars);
        var shown = bars.Select(bar => new Bar(bar.Label, bar.Value)).ToList();
        return new(BarChart.Draw(title, subtitle, shown, new Axis(axis, unit, logarithmic)));
    }

    /// <summary>One line per series over a common horizontal axis, each with its name beside its end and marks of its own shape.</summary>
    /// <param name="title">What the chart shows.</param>
    /// <param name="x">The horizontal axis.</param>
    /// <param name="y">The vertical axis; it begins at zero unless it is logarithmic or has negative values.</param>
    /// <param name="series">The lines.</param>
    /// <param name="markAt">Where a vertical line marks a number, the cores of the machine for example.</param>
    /// <param name="mark">What that line says.</param>
    /// <param name="subtitle">What is said below the title; nothing when not given.</param>
    public static Chart Lines(
        string title, Axis x, Axis y, IEnumerable<Series> series, double? markAt = null, string mark = "", string subtitle = "")
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        ArgumentNullException.ThrowIfNull(series);
        return new(new LineChart(x, y, [.. series], markAt, mark).Draw(title, subtitle));
    }

    private protected override Drawing Draw() => _drawing;
}
