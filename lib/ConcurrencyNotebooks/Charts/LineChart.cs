namespace ConcurrencyNotebooks;

/// <summary>Lines over a common axis, each with its name beside its end, so that no legend has to be matched by colour.</summary>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="Lines">The lines.</param>
/// <param name="Marks">Vertical lines that mark a number.</param>
/// <param name="Thinned">What was left out, in a sentence; empty if nothing was.</param>
internal sealed partial record LineChart(
    ChartAxis X, ChartAxis Y, IReadOnlyList<ChartLine> Lines, IReadOnlyList<ChartMark> Marks, string Thinned = "") : ChartContent
{
    private const int MostLines = 24;

    public static LineChart Of(ChartAxis x, ChartAxis y, IEnumerable<ChartLine> series, IReadOnlyList<ChartMark> marks)
    {
        var lines = series.Select(line => line with { Name = TextLayout.Cut(line.Name), Points = line.Points.ToList() }).ToList();
        List<string> thinned = [];
        if (lines.Count > MostLines) thinned.Add($"The first {MostLines} of {Quantity.Format(lines.Count, "")} lines are drawn.");
        var most = Thinning.MostPoints * 3 / Math.Clamp(lines.Count, 3, MostLines);
        foreach (var line in lines.Take(MostLines).Where(line => PointsOf(line).Count > most))
            thinned.Add($"{line.Name} has {Quantity.Format(PointsOf(line).Count, "")} points; the ends and extremes of each stretch are drawn.");
        return new(x, y, [.. lines.Take(MostLines).Select(line => line with { Points = Thinning.Points(PointsOf(line), most) })], marks, string.Join(' ', thinned));
    }

    public override bool IsInteractive => Lines.Any(line => PointsOf(line).Count > 0);

    public override void Check()
    {
        Require(Lines.Count <= MostLines && Lines.Sum(line => PointsOf(line).Count) <= 4 * Thinning.MostPoints, "A line chart has too many lines or points.");
        Require(Marks.Count <= MostLines, "A line chart has too many marks.");
        Require(Lines.All(line => Enum.IsDefined(line.Shape)), "A line has no known shape.");
    }

    public override Drawing Draw(string title, string subtitle) => new LinePainter(this).Draw(title, subtitle);

    internal static List<(double X, double Y)> PointsOf(ChartLine line) => (List<(double X, double Y)>)line.Points;

    // A reference is grey like the sequential model, which is what it usually extrapolates; other lines count up the remaining colours.
    internal int Colour(int index) => Lines[index] is { IsReference: true, Model: null }
        ? 0
        : Palette.Index(Lines[index].Model, Lines.Take(index).Count(line => line is { Model: null, IsReference: false }));

    internal string Shown(double x) => X.Categories is { } names && x >= 0 && x < names.Count ? names[(int)x] : Quantity.Format(x, X.Unit);

    internal Table DataTable()
    {
        var columns = Lines.Select(line => PointsOf(line).ToLookup(point => point.X, point => Quantity.Format(point.Y, Y.Unit))).ToList();
        var rows = Lines.SelectMany(PointsOf).Select(point => point.X).Distinct().Order()
            .Select(x => columns.Select(column => string.Join(", ", column[x])).Prepend(Shown(x)).ToArray());
        return new Table([X.Named("x"), .. Lines.Select(line => line.Name)], [.. rows]).Shortened();
    }
}
