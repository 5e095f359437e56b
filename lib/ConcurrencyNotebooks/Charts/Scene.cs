namespace ConcurrencyNotebooks;

/// <summary>What a mark is. There are no other forms: a whisker is a line; a span of time and a cell of a heat map are bars.</summary>
internal enum MarkForm
{
    Bars,
    Dots,
    Line,
    LineWithDots,
    Steps,
}

/// <summary>
/// A chart as marks in the coordinates of its axes. Both drawings walk over it and know nothing of kinds of charts. There is no horizontal
/// axis where that direction is the width of the picture, and no vertical one where there are rows.
/// </summary>
internal sealed record Scene(string Kind, ChartAxis? X, ChartAxis? Y, ResultTable Table, IReadOnlyList<MarkSeries> Series)
{
    private const int MostInWords = 12;

    /// <summary>Names beside the vertical axis, from top to bottom; a mark's y is a place between them.</summary>
    public IReadOnlyList<(double At, string Name)> Rows { get; init; } = [];

    /// <summary>How high a row is, in user units.</summary>
    public double RowHeight { get; init; } = 32;

    /// <summary>Vertical lines with their words.</summary>
    public IReadOnlyList<ChartMark> Rules { get; init; } = [];

    /// <summary>Sentences below the chart; empty ones count for nothing.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public IEnumerable<Mark> Marks => Series.SelectMany(series => series.Marks);

    public bool IsEmpty => !Marks.Any();

    /// <summary>The lower end of the rows.</summary>
    public double LastRow => Series.Where(series => series.Form == MarkForm.Bars).SelectMany(series => series.Marks)
        .Select(mark => mark.Y).Concat(Rows.Select(row => row.At)).DefaultIfEmpty().Max() + 0.5;

    /// <summary>What each thing in the chart says, shorter than its row of the table, which is what it is unless given.</summary>
    public IReadOnlyList<string> InWords { get; init; } =
        [.. Table.Rows.Select(row => $"{row[0]}: {string.Join(", ", row.Skip(1).Where(cell => cell.Length > 0))}")];

    /// <summary>The chart in words, with what matters of its numbers where they are few.</summary>
    public string Description => InWords.Count is 0 or > MostInWords ? $"{Kind}." : $"{Kind}. {string.Join("; ", InWords)}.";

    /// <summary>The names of rows that have the room of a line of text.</summary>
    public IEnumerable<(double At, string Name)> ShownRows(double rowHeight)
    {
        var end = double.NegativeInfinity;
        foreach (var row in Rows.Where(row => (row.At - end) * rowHeight >= 15))
        {
            end = row.At;
            yield return row;
        }
    }

    /// <summary>The marks with a label behind them, which needs room where the axis ends.</summary>
    public IEnumerable<Mark> LabelledBehind => Series.Where(series => series.LabelsBehind).SelectMany(series => series.Marks);
}

/// <summary>
/// Marks of one look, with a colour of <see cref="Palette"/>; a NaN interrupts a line. A legend has their name, and switches marks of one
/// name off together; it is empty for what needs no words.
/// </summary>
internal sealed record MarkSeries(string Name, MarkForm Form, int Colour, IReadOnlyList<Mark> Marks)
{
    /// <summary>What plotly.js shows at the pointer.</summary>
    public string Hover { get; init; } = "";

    /// <summary>How thick a bar is, as a share of a row.</summary>
    public double Thickness { get; init; } = 0.94;

    /// <summary>The radius of a dot, or half the width of a line.</summary>
    public double Size { get; init; } = 1;

    /// <summary>The shape of dots.</summary>
    public int Symbol { get; init; }

    /// <summary>Whether the labels stand behind the marks and not in them.</summary>
    public bool LabelsBehind { get; init; }

    /// <summary>Whether the marks are hatched on pale ground, as what waits is.</summary>
    public bool IsWaiting { get; init; }

    public bool IsDashed { get; init; }

    /// <summary>Whether marks are drawn as their outlines.</summary>
    public bool IsHollow { get; init; }

    /// <summary>Whether white text can be read on the marks.</summary>
    public bool IsSolid => !IsWaiting && !IsHollow && Colour < Palette.Grey;
}

/// <summary>A mark in the coordinates of the axes. A bar reaches from From to X, with Y in its middle; Share is how opaque it is.</summary>
internal readonly record struct Mark(double X, double Y, string Label = "", double From = 0, double Share = 1);
