using System.Text;
using static ConcurrencyNotebooks.Canvas;

namespace ConcurrencyNotebooks;

/// <summary>Draws a <see cref="LineChart"/>.</summary>
internal sealed class LinePainter(LineChart chart)
{
    private const double WidestName = 140;
    private const double LineHeight = 17;

    private readonly Canvas _canvas = new();

    public Drawing Draw(string title, string subtitle)
    {
        var all = chart.Lines.SelectMany(LineChart.PointsOf).Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y)).ToList();
        if (all.Count == 0)
        {
            var end = _canvas.Notes(["There are no values to draw."], 0);
            return new(title, subtitle, "A line chart without points.", _canvas, end, chart.DataTable());
        }

        var top = 4.0;
        // Only asked for the unit of its numbers, before the height of the text above the chart is known.
        var unplaced = new Scale(chart.Y, all.Select(point => point.Y), 230, 0, withZero: true, round: true);
        foreach (var line in TextLayout.Wrap(unplaced.Caption(chart.Y.Title), Width - (2 * Margin), SmallFontSize))
            _canvas.Text(Margin, top += 14, line, muted: true, size: SmallFontSize);
        top += chart.Marks.Count > 0 ? 32 : 12;
        var bottom = top + Math.Max(230, chart.Lines.Sum(line => (Name(line).Length * LineHeight) + 2));

        var y = new Scale(chart.Y, all.Select(point => point.Y), bottom, top, withZero: true, round: true);
        var left = Margin + y.Ticks.Max(tick => TextLayout.Width(tick.Label, SmallFontSize)) + 10;
        var right = Width - Margin - chart.Lines.Max(line => Name(line).Max(part => TextLayout.Width(part, FontSize))) - 32;
        var x = new Scale(chart.X, all.Select(point => point.X).Concat(chart.Marks.Select(mark => mark.At)), left, right, withZero: false);

        foreach (var (value, label) in y.Ticks)
        {
            _canvas.Grid(left - 4, y.At(value), right, y.At(value));
            _canvas.Text(left - 8, y.At(value) + 4.5, label, "end", muted: true, SmallFontSize);
        }

        var height = _canvas.HorizontalAxis(x, chart.X.Title, top, bottom);
        foreach (var mark in chart.Marks) DrawMark(mark, x, left, right, top, bottom);
        var ends = new List<(int Line, double X, double Y)>();
        for (var i = 0; i < chart.Lines.Count; i++)
        {
            if (DrawLine(i, x, y) is { } end) ends.Add((i, end.X, end.Y));
        }

        DrawNames(ends, right, top, bottom);
        height = _canvas.Notes(Notes(x, y), height);
        return new(title, subtitle, Describe(), _canvas, height, chart.DataTable());
    }

    private void DrawMark(ChartMark mark, Scale x, double left, double right, double top, double bottom)
    {
        if (!x.Shows(mark.At)) return;
        var at = x.At(mark.At);
        _canvas.Mark($"M{N(at)} {N(top - 8)}V{N(bottom)}", Palette.Ink + " stroke-width=\"1.2\" stroke-dasharray=\"2 4\"", mark.Text);
        var half = TextLayout.Width(mark.Text, SmallFontSize) / 2;
        var middle = Math.Clamp(at, Math.Min(left + half, Width / 2), Math.Max(right - half, Width / 2));
        _canvas.Text(middle, top - 12, mark.Text, "middle", muted: true, SmallFontSize, Width - (2 * Margin));
    }

    /// <summary>Draws the line with its marks and returns where it ends, if it has any point that can be shown.</summary>
    private (double X, double Y)? DrawLine(int index, Scale x, Scale y)
    {
        var line = chart.Lines[index];
        var points = LineChart.PointsOf(line);
        var (path, marks) = (new StringBuilder(), new List<(double X, double Y)>());
        (double X, double Y)? end = null;
        var isDrawing = false;
        foreach (var point in points)
        {
            if (!x.Shows(point.X) || !y.Shows(point.Y))
            {
                isDrawing = false;
                continue;
            }

            (double X, double Y) at = (x.At(point.X), y.At(point.Y));
            path.Append(!isDrawing ? $"M{N(at.X)} {N(at.Y)}" : line.Shape == LineShape.Steps ? $"H{N(at.X)}V{N(at.Y)}" : $"L{N(at.X)} {N(at.Y)}");
            (end, isDrawing) = (at, true);
        }

        var colour = Palette.Colour(chart.Colour(index));
        if (path.Length > 0 && line.Shape != LineShape.Dots)
        {
            var dashes = line.IsReference ? " stroke-dasharray=\"7 5\"" : "";
            _canvas.Mark(path.ToString(), $" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"{dashes}", line.Name);
        }

        if (line.IsReference || line.Shape == LineShape.Steps) return end;

        var radius = points.Count > 40 ? 2.5 : 4;
        foreach (var point in points.Where(point => x.Shows(point.X) && y.Shows(point.Y)))
        {
            _canvas.Mark(
                Shape(index, x.At(point.X), y.At(point.Y), radius), Palette.Solid(chart.Colour(index)),
                $"{line.Name}: {chart.Shown(point.X)}, {Quantity.Format(point.Y, chart.Y.Unit)}");
        }

        return end;
    }

    // Pushes names that would overlap downwards, and then back up from the lower edge: their order stays that of the lines.
    private void DrawNames(List<(int Line, double X, double Y)> ends, double right, double top, double bottom)
    {
        var ordered = ends.OrderBy(end => end.Y).Select(end => (end.Line, end.X, end.Y, Name: Name(chart.Lines[end.Line]))).ToList();
        var places = ordered.Select(end => end.Y).ToArray();
        for (var i = 0; i < places.Length; i++)
            places[i] = Math.Max(places[i], i == 0 ? top : places[i - 1] + Distance(i - 1, i));
        for (var i = places.Length - 1; i >= 0; i--)
            places[i] = Math.Min(places[i], i == places.Length - 1 ? bottom : places[i + 1] - Distance(i, i + 1));

        for (var i = 0; i < places.Length; i++)
        {
            var (index, x, y, name) = ordered[i];
            var (line, at) = (chart.Lines[index], right + 20);
            if (Math.Abs(places[i] - y) > 3 || x < right - 3)
                _canvas.Grid(x + 6, y, right + 12, places[i]);
            var stroke = $" fill=\"none\" stroke=\"{Palette.Colour(chart.Colour(index))}\" stroke-width=\"2\"";
            if (line.IsReference)
                _canvas.Mark($"M{N(at - 6)} {N(places[i])}h12", stroke + " stroke-dasharray=\"5 2\"", line.Name);
            else if (line.Shape == LineShape.Steps)
                _canvas.Mark($"M{N(at - 6)} {N(places[i] + 4)}h6v-8h6", stroke, line.Name);
            else
                _canvas.Mark(Shape(index, at, places[i], 4), Palette.Solid(chart.Colour(index)), line.Name);
            for (var part = 0; part < name.Length; part++)
                _canvas.Text(at + 9, places[i] + 5 + ((part - ((name.Length - 1) / 2.0)) * LineHeight), name[part]);
        }

        double Distance(int upper, int lower) => ((ordered[upper].Name.Length + ordered[lower].Name.Length) * LineHeight / 2) + 2;
    }

    // On two lines at most; the tooltip of the line has the whole name.
    private static string[] Name(ChartLine line)
    {
        var parts = TextLayout.Wrap(line.Name, WidestName, FontSize).ToArray();
        return parts.Length <= 2 ? parts.DefaultIfEmpty("").ToArray() : [parts[0], TextLayout.Fit(string.Join(' ', parts[1..]), WidestName, FontSize)];
    }

    private static string Shape(int index, double x, double y, double r) => (index % 6) switch
    {
        0 => Circle(x, y, r),
        1 => $"M{N(x - r)} {N(y - r)}h{N(2 * r)}v{N(2 * r)}h{N(-2 * r)}z",
        2 => $"M{N(x)} {N(y - (r * 1.3))}l{N(r * 1.2)} {N(r * 2.2)}h{N(-r * 2.4)}z",
        3 => $"M{N(x)} {N(y - (r * 1.4))}l{N(r * 1.4)} {N(r * 1.4)}l{N(-r * 1.4)} {N(r * 1.4)}l{N(-r * 1.4)} {N(-r * 1.4)}z",
        4 => $"M{N(x)} {N(y + (r * 1.3))}l{N(r * 1.2)} {N(-r * 2.2)}h{N(-r * 2.4)}z",
        _ => $"M{N(x - (r * 1.3))} {N(y - 1.5)}h{N(r * 2.6)}v3h{N(-r * 2.6)}zM{N(x - 1.5)} {N(y - (r * 1.3))}h3v{N(r * 2.6)}h-3z",
    };

    private IEnumerable<string> Notes(Scale x, Scale y)
    {
        foreach (var line in chart.Lines)
        {
            var points = LineChart.PointsOf(line);
            var absent = points.Count(point => double.IsFinite(point.X) && double.IsFinite(point.Y) && !(x.Shows(point.X) && y.Shows(point.Y)));
            if (absent > 0)
                yield return $"{absent} of {points.Count} points of {line.Name} are not drawn: zero and negative numbers have no place on a logarithmic scale.";
            else if (!points.Any(point => x.Shows(point.X) && y.Shows(point.Y)))
                yield return $"{line.Name} has no points.";
        }

        if (chart.Thinned.Length > 0) yield return chart.Thinned;
    }

    private string Describe() =>
        $"Line chart of {chart.Y.Named("y")} over {chart.X.Named("x")}. " + string.Join("; ", chart.Lines
            .Select(line => (line.Name, Points: LineChart.PointsOf(line))).Where(line => line.Points.Count > 0)
            .Select(line => $"{line.Name}: from {Shown(line.Points[0])} to {Shown(line.Points[^1])}")) + ".";

    private string Shown((double X, double Y) point) => $"{Quantity.Format(point.Y, chart.Y.Unit)} at {chart.Shown(point.X)}";
}
