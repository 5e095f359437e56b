using static ConcurrencyNotebooks.Canvas;

namespace ConcurrencyNotebooks;

/// <summary>Draws horizontal bars: names have room to be long, and the value stands behind its bar.</summary>
internal static class BarChart
{
    private const double Thickness = 18;
    private const double LongestNameBeside = 150;

    public static Drawing Draw(string title, string subtitle, IReadOnlyList<Bar> bars, Axis axis, Table? table = null)
    {
        var values = bars.Select(bar => Quantity.Format(bar.Value, axis.Unit)).ToList();
        table ??= ValueTable(bars, values, axis);
        var canvas = new Canvas();
        if (bars.Count == 0)
            return new(title, subtitle, "A bar chart without bars.", canvas, canvas.Notes(["There are no values to draw."], 0), table);

        // Long names get a line of their own above the bar, short ones stand beside it.
        var longestName = bars.Max(bar => TextLayout.Width(bar.Label, FontSize));
        var beside = longestName <= LongestNameBeside;
        var left = beside ? Margin + longestName + 8 : Margin + 1;
        var right = Width - Margin - values.Max(value => TextLayout.Width(value, FontSize)) - 8;
        var scale = new Scale(axis, bars.SelectMany(bar => new[] { bar.Value, bar.Minimum ?? bar.Value, bar.Maximum ?? bar.Value }), left, right);

        var slot = beside ? Thickness + 12 : Thickness + 30;
        var bottom = bars.Count * slot + 4;
        var height = canvas.HorizontalAxis(scale, axis.Title, 0, bottom);
        canvas.Grid(scale.Zero, 0, scale.Zero, bottom, strong: true);
        for (var i = 0; i < bars.Count; i++)
        {
            var top = (i + 1) * slot - Thickness - 2;
            DrawBar(canvas, scale, bars[i], values[i], top, axis.Unit);
            if (beside) canvas.Text(left - 8, top + 14, bars[i].Label, "end");
            else canvas.Text(Margin, top - 7, bars[i].Label, maxWidth: Width - 2 * Margin);
        }

        height = canvas.Notes(Notes(bars, axis), height);
        return new(title, subtitle, Describe(bars, values, axis), canvas, height, table);
    }

    private static void DrawBar(Canvas canvas, Scale scale, Bar bar, string value, double top, string unit)
    {
        var tooltip = $"{bar.Label}: {value}";
        var end = scale.Zero;
        if (scale.Shows(bar.Value))
        {
            var (from, to) = (Math.Min(scale.Zero, scale.At(bar.Value)), Math.Max(scale.Zero, scale.At(bar.Value)));
            canvas.Mark($"M{N(from)} {N(top)}H{N(Math.Max(to, from + 1))}v{N(Thickness)}H{N(from)}z", Palette.Solid(Palette.Index(bar.Model)), tooltip);
            end = to;
        }

        if (bar is { Minimum: { } minimum, Maximum: { } maximum } && minimum < maximum && scale.Shows(minimum) && scale.Shows(maximum))
        {
            var (from, to, middle) = (scale.At(minimum), scale.At(maximum), top + Thickness / 2);
            canvas.Mark(
                $"M{N(from)} {N(middle)}H{N(to)}M{N(from)} {N(middle - 5)}v10M{N(to)} {N(middle - 5)}v10",
                Palette.Ink + " stroke-width=\"1.6\"",
                $"{tooltip}, from {Quantity.Format(minimum, unit)} to {Quantity.Format(maximum, unit)}");
            end = Math.Max(end, to);
        }

        // Behind the bar; behind the zero line where the bar is negative, because the room there is empty.
        canvas.Text(Math.Max(end, scale.Zero) + 6, top + 14, value);
    }

    private static IEnumerable<string> Notes(IReadOnlyList<Bar> bars, Axis axis)
    {
        var absent = bars.Where(bar => axis.Logarithmic && bar.Value <= 0).Select(bar => bar.Label).ToList();
        if (absent.Count > 0)
            yield return $"No bar for {string.Join(", ", absent)}: zero and negative numbers have no place on a logarithmic scale.";
    }

    private static string Describe(IReadOnlyList<Bar> bars, IReadOnlyList<string> values, Axis axis) =>
        $"Bar chart of {(axis.Title.Length > 0 ? axis.Title : "values")}{(axis.Logarithmic ? " on a logarithmic scale" : "")}. "
        + string.Join("; ", bars.Zip(values, (bar, value) => $"{bar.Label}: {value}")) + ".";

    private static Table ValueTable(IReadOnlyList<Bar> bars, IReadOnlyList<string> values, Axis axis)
    {
        var value = axis.Title.Length > 0 ? axis.Title : "value";
        if (!bars.Any(bar => bar.Minimum is not null || bar.Maximum is not null))
            return new(["name", value], [.. bars.Zip(values, (bar, shown) => new[] { bar.Label, shown })]);
        return new(["name", value, "min", "max"], [.. bars.Zip(values, (bar, shown) => new[] { bar.Label, shown, Optional(bar.Minimum), Optional(bar.Maximum) })]);

        string Optional(double? number) => number is { } given ? Quantity.Format(given, axis.Unit) : "";
    }
}
