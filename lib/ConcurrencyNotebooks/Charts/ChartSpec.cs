using System.Text.Json.Serialization;

namespace ConcurrencyNotebooks;

/// <summary>
/// A chart as plain data. As the last value of a cell it is a picture, which becomes a plotly.js figure where scripts run, with its
/// numbers in a table below.
/// </summary>
/// <example>
/// <code>
/// // Values at their marks; on a logarithmic axis dots.
/// var costs = ChartSpec.Bars("What a start costs", [("thread", 2e-4), ("process", 0.035)], "s", logarithmic: true);
///
/// // Both axes logarithmic, a dashed line to compare with, a vertical line.
/// ChartSpec.Lines(
///     "Speed-up", new ChartAxis("workers", Logarithmic: true), new ChartAxis("speed-up", "×", Logarithmic: true),
///     [new("ideal", [(1, 1), (4, 4)], IsReference: true), new("threads", [(1, 1), (2, 1.9), (4, 2.1)], Threads)],
///     markAt: Machine.Cores, mark: $"{Machine.Cores} cores")
/// </code>
/// </example>
[TypeFormatterSource(typeof(OutputFormatterSource), PreferredMimeTypes = ["text/html", "text/plain", MimeType])]
public sealed class ChartSpec : Picture
{
    /// <summary>The form in which a chart travels in a cell's output, for programs that draw it themselves.</summary>
    public const string MimeType = IRichOutput.ChartMimeType;

    private const int MostCharacters = 400_000;

    [JsonConstructor]
    internal ChartSpec(string title, ChartContent content, string subtitle = "")
    {
        (Title, Content, Subtitle) = (TextLayout.Cut(title), content, TextLayout.Cut(subtitle));
        content.Check();
    }

    /// <summary>What the chart shows.</summary>
    public string Title { get; }

    [JsonInclude]
    internal ChartContent Content { get; }

    /// <summary>What is said below the title; may be empty.</summary>
    public string Subtitle { get; }

    /// <summary>The chart as marks; made once, since the picture, the figure, the words and the table are all made from it.</summary>
    internal Scene Scene => field ??= Content.ToScene();

    /// <summary>Whether a figure takes the place of the picture: an empty chart is better as a picture.</summary>
    internal bool IsInteractive => Content.HasFigure && !Scene.IsEmpty;

    /// <summary>Horizontal bars, one below the other, each with its name and its value; dots on a logarithmic axis.</summary>
    /// <param name="title">What the chart shows.</param>
    /// <param name="bars">The names and their values, from top to bottom; about a dozen stay readable.</param>
    /// <param name="unit">The unit of the values, as in <see cref="ChartAxis.Unit"/>.</param>
    /// <param name="axis">What the values are.</param>
    /// <param name="logarithmic">Whether equal distances are equal factors.</param>
    /// <param name="subtitle">What is said below the title; nothing when not given.</param>
    public static ChartSpec Bars(
        string title, IEnumerable<(string Label, double Value)> bars, string unit = "", string axis = "", bool logarithmic = false,
        string subtitle = "") =>
        Bars(title, bars.Select(bar => new ChartBar(bar.Label, bar.Value)), new ChartAxis(axis, unit, logarithmic), subtitle);

    /// <summary>Horizontal bars with intervals, single runs, guesses and models.</summary>
    /// <param name="title">What the chart shows.</param>
    /// <param name="bars">The bars, from top to bottom.</param>
    /// <param name="axis">What the values are.</param>
    /// <param name="subtitle">What is said below the title; nothing when not given.</param>
    public static ChartSpec Bars(string title, IEnumerable<ChartBar> bars, ChartAxis axis, string subtitle = "") =>
        new(title, BarChart.Of([.. bars], axis), subtitle);

    /// <summary>Lines, steps or dots over a common horizontal axis, with marks of shapes of their own and a legend.</summary>
    /// <param name="title">What the chart shows.</param>
    /// <param name="x">The horizontal axis.</param>
    /// <param name="y">The vertical axis; it begins at zero unless it is logarithmic or has negative values.</param>
    /// <param name="series">The lines.</param>
    /// <param name="markAt">Where a vertical line marks a number, the cores of the machine for example.</param>
    /// <param name="mark">What that line says.</param>
    /// <param name="subtitle">What is said below the title; nothing when not given.</param>
    public static ChartSpec Lines(
        string title, ChartAxis x, ChartAxis y, IEnumerable<ChartLine> series, double? markAt = null, string mark = "",
        string subtitle = "") =>
        new(title, LineChart.Of(x, y, series, markAt is { } at ? [new(at, mark)] : []), subtitle);

    /// <summary>A table whose cells are darker the larger their number is in its row.</summary>
    /// <param name="title">What the chart shows.</param>
    /// <param name="rows">The name of each row, and a number for each column; NaN leaves a cell empty.</param>
    /// <param name="columns">The names of the columns.</param>
    /// <param name="unit">The unit of the numbers, as in <see cref="ChartAxis.Unit"/>.</param>
    /// <param name="logarithmic">Whether equal factors are equal steps of darkness.</param>
    /// <param name="subtitle">What is said below the title; nothing when not given.</param>
    public static ChartSpec HeatMap(
        string title, IEnumerable<(string Name, IEnumerable<double> Values)> rows, IEnumerable<string> columns, string unit = "",
        bool logarithmic = false, string subtitle = "") =>
        new(
            title, new HeatMap([.. rows.Select(row => new HeatRow(row.Name, [.. row.Values]))], [.. columns], new("", unit, logarithmic)),
            subtitle);

    /// <summary>Reads what <see cref="Picture.ToJson"/> wrote: what an output has under <see cref="MimeType"/>.</summary>
    /// <param name="json">The JSON; also as a JSON string that holds it, which some hosts make of it.</param>
    /// <exception cref="InvalidDataException">The data is damaged or of another version; the message says what is wrong in a
    /// sentence.</exception>
    public static ChartSpec FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (json.Length > MostCharacters) throw new InvalidDataException($"A chart has at most {MostCharacters} characters of JSON.");
        try
        {
            if (json.AsSpan().TrimStart() is ['"', ..]) json = JsonSerializer.Deserialize<string>(json)!;
            return JsonSerializer.Deserialize<ChartSpec>(json, ChartJson.Form) ?? throw new InvalidDataException("A chart cannot be null.");
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or ArgumentException or FormatException)
        {
            throw new InvalidDataException($"This is no chart that can be drawn: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public override ChartSpec ToSpec() => this;
}
