namespace ConcurrencyNotebooks;

/// <summary>A row of a heat map with a number for each column; NaN leaves a cell empty.</summary>
internal sealed record HeatRow(string Name, IReadOnlyList<double> Values);

/// <summary>
/// A table whose cells are darker the larger their number is in its row, whose numbers alone can be compared; each has its number written
/// in it. The axis has the unit of the numbers, and says whether equal factors are equal steps of darkness.
/// </summary>
internal sealed record HeatMap(IReadOnlyList<HeatRow> Rows, IReadOnlyList<string> Columns, ChartAxis Axis) : ChartContent
{
    private const int MostRows = 40, MostColumns = 8;
    private const double Lightest = 0.03, Darkest = 0.55; // The number in the cell can still be read.

    // Every number is written in its cell; there is nothing more to point at.
    public override bool HasFigure => false;

    public override void Check()
    {
        Require(
            Rows.Count is > 0 and <= MostRows && Columns.Count is > 0 and <= MostColumns,
            $"A heat map has 1 to {MostRows} rows and 1 to {MostColumns} columns.");
        Require(
            Rows.All(row => row.Values.Count == Columns.Count),
            $"A row of a heat map has a number for each of its {Columns.Count} columns.");
    }

    public override Scene ToScene()
    {
        var cells = Rows.SelectMany((row, y) => row.Values.Select((value, x) => new Mark(
            x + 0.49, y, Shown(value), x - 0.49, Share(row, value))));
        return new(
            $"Heat map, columns {string.Join(", ", Columns)}", new ChartAxis(Categories: Columns), null,
            new(["", .. Columns], [.. Rows.Select(row => (string[])[row.Name, .. row.Values.Select(Shown)])]),
            [new("", MarkForm.Bars, Palette.Grey, [.. cells]) { Hover = "%{text}" }])
        {
            Rows = [.. Rows.Select((row, y) => ((double)y, row.Name))],
        };
    }

    private double Share(HeatRow row, double value)
    {
        var places = row.Values.Select(Place).Where(double.IsFinite).DefaultIfEmpty().ToList();
        var (place, least, range) = (Place(value), places.Min(), places.Max() - places.Min());
        return double.IsFinite(place) ? Math.Round(Lightest + (range > 0 ? (place - least) / range * (Darkest - Lightest) : 0), 2) : 0;
    }

    private double Place(double value) => Axis.Logarithmic ? Math.Log(value) : value;

    private string Shown(double value) => double.IsNaN(value) ? "" : Quantity.Format(value, Axis.Unit);
}
