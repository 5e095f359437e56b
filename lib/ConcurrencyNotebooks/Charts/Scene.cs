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
/// axis where that direction is the width of the picture, and no vertical one where there are rows: names beside it from top to bottom,
/// with a mark's y as a place between them. Rules are vertical lines with their words, and notes are sentences below the chart.
/// </summary>
internal sealed record Scene(string Kind, ChartAxis? X, ChartAxis? Y, ResultTable Table, IReadOnlyList<MarkSeries> Series)
{
    private const int MostInWords = 12;

    public IReadOnlyList<(double At, string Name)> Rows { get; init; } = [];

    public double RowHeight { get; init; } = 32; // In user units.

    public IReadOnlyList<ChartMark> Rules { get; init; } = [];

    public IReadOnlyList<string> Notes { get; init; } = []; // Empty ones count for nothing.

    public IEnumerable<Mark> Marks => Series.SelectMany(series => series.Marks);

    public bool IsEmpty => !Marks.Any();

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

    public IEnumerable<Mark> LabelledBehind => Series.Where(series => series.LabelsBehind).SelectMany(series => series.Marks);
}

/// <summary>
/// Marks of one look, with a colour of <see cref="Palette"/>; a NaN interrupts a line. A legend has their name, and switches marks of one
/// name off together; it is empty for what needs no words. plotly.js shows <c>Hover</c> at the pointer. <c>Thickness</c> is that of bars,
/// as a share of a row; <c>Size</c> is the radius of a dot, or half the width of a line. Labels stand in the marks or behind them. What
/// waits is hatched on pale ground, and what is hollow is drawn as its outline. <c>Dash</c> is the place of a line's dashes in
/// <see cref="Palette.Dashes"/>, which begins with a line without.
/// </summary>
internal sealed record MarkSeries(
    string Name, MarkForm Form, int Colour, IReadOnlyList<Mark> Marks, string Hover = "", double Thickness = 0.94, double Size = 1,
    int Symbol = 0, bool LabelsBehind = false, bool IsWaiting = false, int Dash = 0, bool IsHollow = false)
{
    /// <summary>Whether white text can be read on the marks.</summary>
    public bool IsSolid => !IsWaiting && !IsHollow && Colour < Palette.Grey;
}

/// <summary>A mark in the coordinates of the axes. A bar reaches from From to X, with Y in its middle; Share is how opaque it is.</summary>
internal readonly record struct Mark(double X, double Y, string Label = "", double From = 0, double Share = 1);
