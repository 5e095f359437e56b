using System.Text.Json.Serialization;

namespace ConcurrencyNotebooks;

/// <summary>A vertical line that marks a number on the horizontal axis, such as the cores of the machine.</summary>
internal sealed record ChartMark([property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double At, string Text);

/// <summary>
/// Lines over a common axis, with marks of shapes of their own. <c>Thinned</c> says in a sentence what was left out; it is empty if
/// nothing was.
/// </summary>
internal sealed record LineChart(
    ChartAxis X, ChartAxis Y, IReadOnlyList<ChartLine> Lines, IReadOnlyList<ChartMark> Marks, string Thinned = "") : ChartContent
{
    public static LineChart Of(ChartAxis x, ChartAxis y, IEnumerable<ChartLine> series, IReadOnlyList<ChartMark> marks)
    {
        var lines = series.Select(line => line with
        {
            Name = TextLayout.Cut(line.Name),
            Points = line.Shape == LineShape.Steps ? Thinning.Steps([.. line.Points]) : line.Points.ToList(),
        }).ToList();
        var most = Thinning.MostPoints * 3 / Math.Max(lines.Count, 3);
        var thinned = lines.Where(line => PointsOf(line).Count > most).Select(line =>
            $"{line.Name} has {Quantity.Format(PointsOf(line).Count, "")} points; the ends and extremes of each stretch are drawn.");
        var drawn = lines.Select(line => line with { Points = Thinning.Points(PointsOf(line), most) });
        return new(x, y, [.. drawn], marks, string.Join(' ', thinned));
    }

    public override void Check() =>
        Require(Lines.Sum(line => PointsOf(line).Count) <= 4 * Thinning.MostPoints, "A line chart has too many points.");

    public override Scene ToScene()
    {
        var isEmpty = Lines.All(line => Finite(line).Count == 0);
        return new($"Line chart of {Y.Named("y")} over {X.Named("x")}", X, Y, ToTable(), isEmpty ? [] : [.. Lines.Select(ToSeries)])
        {
            Rules = Marks,
            InWords = [.. Lines.Select(InWords).Where(words => words.Length > 0)],
            Notes = isEmpty ? [NoValues] : [.. Lines.Select(Absent), Thinned],
        };
    }

    private static List<(double X, double Y)> PointsOf(ChartLine line) => (List<(double X, double Y)>)line.Points;

    private static List<(double X, double Y)> Finite(ChartLine line) =>
        PointsOf(line).FindAll(point => double.IsFinite(point.X) && double.IsFinite(point.Y));

    private MarkSeries ToSeries(ChartLine line, int index)
    {
        var (form, isDense) = (Form(line), IsDense(line));
        var x = X.Categories is null ? $"%{{x:.4~s}}{SceneFigure.Text(X.Unit)}" : "%{x}";

        // plotly.js draws a line towards what has no place on a logarithmic axis.
        var marks = PointsOf(line).Select(point => HasPlace(point) ? new Mark(point.X, point.Y) : new(double.NaN, double.NaN));
        return new(line.Name, form, Colour(index), [.. marks])
        {
            Symbol = index,
            Dash = Dash(index),
            Size = isDense && form == MarkForm.Dots ? 2.5 : 4,
            Hover = $"{x}, %{{y:.4~s}}{SceneFigure.Text(Y.Unit)}",
        };
    }

    private static bool IsDense(ChartLine line) => PointsOf(line).Count > 40;

    private static MarkForm Form(ChartLine line) => line.Shape == LineShape.Dots ? MarkForm.Dots
        : line.Shape == LineShape.Steps ? MarkForm.Steps
        : line.IsReference || IsDense(line) ? MarkForm.Line : MarkForm.LineWithDots;

    // Lines that have no dots to tell them apart, and one colour.
    private int Dash(int index)
    {
        var line = Lines[index];
        var before = Enumerable.Range(0, index).Count(other => Form(Lines[other]) is MarkForm.Line or MarkForm.Steps
            && Lines[other].IsReference == line.IsReference && Colour(other) == Colour(index));
        return line.IsReference ? 1 + (before % 3) : Form(line) is MarkForm.LineWithDots || before == 0 ? 0 : 2 + ((before - 1) % 2);
    }

    // A reference is grey like the sequential model, which is what it usually extrapolates; other lines count up the remaining colours.
    private int Colour(int index) => Lines[index] is { IsReference: true, Model: null }
        ? 0
        : Palette.Index(Lines[index].Model, Lines.Take(index).Count(line => line is { Model: null, IsReference: false }));

    private string Absent(ChartLine line)
    {
        var points = Finite(line);
        var absent = points.Count(point => !HasPlace(point));
        return points.Count == 0 ? $"{line.Name} has no points."
            : absent > 0 ? $"{absent} of {PointsOf(line).Count} points of {line.Name} are not drawn: {NoPlace}"
            : "";
    }

    private bool HasPlace((double X, double Y) point) => !(X.Logarithmic && point.X <= 0) && !(Y.Logarithmic && point.Y <= 0);

    // From where to where.
    private string InWords(ChartLine line)
    {
        var points = Finite(line);
        return points.Count == 0 ? "" : $"{line.Name}: {string.Join(" to ", new[] { points[0], points[^1] }.Distinct().Select(point =>
            $"{Quantity.Format(point.Y, Y.Unit)} at {Shown(point.X)}"))}";
    }

    private string Shown(double x) =>
        X.Categories is { } names && x >= 0 && x < names.Count ? names[(int)x] : Quantity.Format(x, X.Unit);

    private ResultTable ToTable()
    {
        var columns = Lines.Select(line => PointsOf(line).ToLookup(point => point.X, point => Quantity.Format(point.Y, Y.Unit))).ToList();
        var rows = Lines.SelectMany(PointsOf).Select(point => point.X).Distinct().Order()
            .Select(x => columns.Select(column => string.Join(", ", column[x])).Prepend(Shown(x)).ToArray());
        return new([X.Named("x"), .. Lines.Select(line => line.Name)], [.. rows]);
    }
}
