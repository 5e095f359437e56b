using System.Text;
using static ConcurrencyNotebooks.Canvas;

namespace ConcurrencyNotebooks;

/// <summary>
/// Horizontal bars: names have room to be long, and the value stands at its bar. On a logarithmic axis a bar has no beginning, so
/// there it is a dot on a thin line. What was measured run by run, and intervals, stand in a strip below.
/// </summary>
/// <param name="Bars">The bars, from top to bottom.</param>
/// <param name="Axis">What their values are.</param>
/// <param name="NoteTitle">The title of the column with the notes, in the table.</param>
/// <param name="Thinned">What was left out, in a sentence; empty if nothing was.</param>
internal sealed partial record BarChart(IReadOnlyList<ChartBar> Bars, ChartAxis Axis, string NoteTitle = "", string Thinned = "") : ChartContent
{
    private const double Thickness = 18;
    private const double StripHeight = 12;
    private const double LongestNameBeside = 150;
    private const int MostBars = 60, MostRuns = 60;

    public static BarChart Of(IReadOnlyList<ChartBar> bars, ChartAxis axis, string noteTitle = "")
    {
        List<string> thinned = [];
        if (bars.Count > MostBars) thinned.Add($"The first {MostBars} of {Quantity.Format(bars.Count, "")} bars are drawn.");
        if (bars.Any(bar => bar.Runs?.Count > MostRuns)) thinned.Add($"Of more than {MostRuns} runs as many are drawn, the extremes among them.");
        return new(
            [.. bars.Take(MostBars).Select(bar => bar with { Label = TextLayout.Cut(bar.Label), Runs = Thinning.Numbers(bar.Runs, MostRuns) })],
            axis, noteTitle, string.Join(' ', thinned));
    }

    public override bool IsInteractive => Bars.Count > 0;

    public override void Check()
    {
        Require(Bars.Count <= MostBars && Bars.All(bar => bar.Runs is null || bar.Runs.Count <= MostRuns), "A bar chart has too many bars or runs.");
        Require(Bars.All(bar => !(bar.Low > bar.High)), "The interval of a bar ends before it begins.");
    }

    public override Drawing Draw(string title, string subtitle)
    {
        var values = Bars.Select(bar => Quantity.Format(bar.Value, Axis.Unit)).ToList();
        var canvas = new Canvas();
        if (Bars.Count == 0)
            return new(title, subtitle, "A bar chart without bars.", canvas, canvas.Notes(["There are no values to draw."], 0), ValueTable(values));

        // Long names get a line of their own above the bar, short ones stand beside it.
        var longestName = Bars.Max(bar => TextLayout.Width(bar.Label, FontSize));
        var beside = longestName <= LongestNameBeside;
        var left = beside ? Margin + longestName + 8 : Margin + 1;
        var right = Width - Margin - values.Max(value => TextLayout.Width(value, FontSize)) - 12;
        var scale = new Scale(Axis, Bars.SelectMany(bar => bar.All), left, right);

        var slot = (beside ? 12 : 30) + Thickness + (Bars.Any(HasStrip) ? StripHeight : 0);
        var bottom = (Bars.Count * slot) + 4;
        var height = canvas.HorizontalAxis(scale, Axis.Title, 0, bottom);
        canvas.Grid(scale.Zero, 0, scale.Zero, bottom, strong: true);
        for (var i = 0; i < Bars.Count; i++)
        {
            var top = (i * slot) + (beside ? 8 : 26);
            DrawBar(canvas, scale, Bars[i], values[i], top);
            DrawStrip(canvas, scale, Bars[i], top + Thickness + 3);
            if (beside) canvas.Text(left - 8, top + 14, Bars[i].Label, "end");
            else canvas.Text(Margin, top - 7, Bars[i].Label, maxWidth: Width - (2 * Margin));
        }

        height = canvas.Notes(Notes(), height);
        return new(title, subtitle, Describe(values), canvas, height, ValueTable(values));
    }

    private static bool HasStrip(ChartBar bar) => bar.Runs?.Count > 1 || bar.Guess is not null || (bar.Low is not null && bar.High is not null);

    private void DrawBar(Canvas canvas, Scale scale, ChartBar bar, string value, double top)
    {
        var tooltip = $"{bar.Label}: {value}";
        var (colour, middle) = (Palette.Index(bar.Model), top + (Thickness / 2));
        var end = scale.Zero;
        if (scale.Shows(bar.Value))
        {
            var at = scale.At(bar.Value);
            var (from, to) = (Math.Min(scale.Zero, at), Math.Max(scale.Zero, at));
            if (Axis.Logarithmic)
            {
                canvas.Mark($"M{N(from)} {N(middle)}H{N(to)}", $" stroke=\"{Palette.Colour(colour)}\" stroke-width=\"1.5\"", tooltip);
                canvas.Mark(Canvas.Circle(at, middle, 6), Palette.Solid(colour), tooltip);
                end = to + 7;
            }
            else
            {
                canvas.Mark($"M{N(from)} {N(top)}H{N(Math.Max(to, from + 1))}v{N(Thickness)}H{N(from)}z", Palette.Solid(colour), tooltip);
                end = to;
            }
        }

        // Behind the bar; behind the zero line where the bar is negative, because the room there is empty.
        canvas.Text(Math.Max(end, scale.Zero) + 6, top + 14, value);
    }

    // Every run as a dot, the first one on top; an interval as a line with ends; a guess as a hollow diamond.
    private void DrawStrip(Canvas canvas, Scale scale, ChartBar bar, double top)
    {
        var middle = top + (StripHeight / 2) - 2;
        if (bar is { Low: { } low, High: { } high } && low < high && scale.Shows(low) && scale.Shows(high))
        {
            canvas.Mark(
                $"M{N(scale.At(low))} {N(middle)}H{N(scale.At(high))}M{N(scale.At(low))} {N(middle - 4)}v8M{N(scale.At(high))} {N(middle - 4)}v8",
                Palette.Ink + " stroke-width=\"1.6\"", $"{bar.Label}: from {Quantity.Format(low, Axis.Unit)} to {Quantity.Format(high, Axis.Unit)}");
        }

        if (bar.Guess is { } guess && scale.Shows(guess))
            canvas.Mark(Diamond(scale.At(guess), middle), Palette.Ink + " stroke-width=\"2\"", $"{bar.Label}: {Quantity.Format(guess, Axis.Unit)} guessed");

        if (bar.Runs is not { Count: > 1 } runs) return;
        var dots = new StringBuilder();
        for (var i = 0; i < runs.Count; i++)
        {
            if (!scale.Shows(runs[i])) continue;
            var y = top + (i * (StripHeight - 4) / (runs.Count - 1));
            dots.Append('M').Append(N(scale.At(runs[i]))).Append(' ').Append(N(y)).Append("h0");
        }

        if (dots.Length == 0) return;
        canvas.Mark(
            dots.ToString(), $" stroke=\"{Palette.Colour(Palette.Index(bar.Model))}\" stroke-width=\"4\" stroke-linecap=\"round\" stroke-opacity=\".7\"",
            $"{bar.Label}: {runs.Count} runs, {Quantity.Format(runs.Min(), Axis.Unit)} to {Quantity.Format(runs.Max(), Axis.Unit)}");
    }

    private static string Diamond(double x, double y) => $"M{N(x)} {N(y - 7)}l6 7l-6 7l-6 -7z";

    private IEnumerable<string> Notes()
    {
        var absent = Bars.Where(bar => Axis.Logarithmic && bar.Value <= 0).Select(bar => bar.Label).ToList();
        if (absent.Count > 0)
            yield return $"No mark for {string.Join(", ", absent)}: zero and negative numbers have no place on a logarithmic scale.";
        if (Bars.Any(bar => bar.Guess is not null)) yield return "◇ what was guessed";
        if (Thinned.Length > 0) yield return Thinned;
    }

    private string Describe(List<string> values) =>
        $"{(Axis.Logarithmic ? "Dot plot" : "Bar chart")} of {Axis.Named("values")}{(Axis.Logarithmic ? " on a logarithmic scale" : "")}. "
        + string.Join("; ", Bars.Zip(values, (bar, value) => $"{bar.Label}: {value}")) + ".";

    private Table ValueTable(List<string> values)
    {
        List<(string Title, Func<ChartBar, string> Cell)> columns = [];
        Add("low", bar => bar.Low);
        Add("high", bar => bar.High);
        Add("smallest", bar => bar.Runs?.Count > 0 ? bar.Runs.Min() : null);
        Add("largest", bar => bar.Runs?.Count > 0 ? bar.Runs.Max() : null);
        if (Bars.Any(bar => bar.Runs?.Count > 0)) columns.Add(("runs", bar => Quantity.Format(bar.Runs?.Count ?? 0, "")));
        Add("guessed", bar => bar.Guess);
        if (Bars.Any(bar => bar.Note.Length > 0)) columns.Add((NoteTitle, bar => bar.Note));
        return new(
            ["name", Axis.Named("value"), .. columns.Select(column => column.Title)],
            [.. Bars.Zip(values, (bar, value) => (string[])[bar.Label, value, .. columns.Select(column => column.Cell(bar))])]);

        void Add(string title, Func<ChartBar, double?> number)
        {
            if (Bars.Any(bar => number(bar) is not null))
                columns.Add((title, bar => number(bar) is { } given ? Quantity.Format(given, Axis.Unit) : ""));
        }
    }
}
