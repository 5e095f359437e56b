using System.Text;
using static ConcurrencyNotebooks.Canvas;

namespace ConcurrencyNotebooks;

/// <summary>Draws lines over a common axis, each with its name beside its end, so that no legend has to be matched by colour.</summary>
internal sealed class LineChart
{
    private const double WidestName = 140;
    private const double LineHeight = 17;

    private readonly Axis _x, _y;
    private readonly (Series Series, List<(double X, double Y)> Points)[] _lines;
    private readonly double? _markAt;
    private readonly string _mark;
    private readonly Canvas _canvas = new();

    public LineChart(Axis x, Axis y, IReadOnlyList<Series> series, double? markAt, string mark)
    {
        (_x, _y, _markAt, _mark) = (x, y, markAt, mark);
        _lines = [.. series.Select(line => (line, line.Points.ToList()))];
    }

    public Drawing Draw(string title, string subtitle)
    {
        var all = _lines.SelectMany(line => line.Points).Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y)).ToList();
        if (all.Count == 0)
            return new(title, subtitle, "A line chart without points.", _canvas, _canvas.Notes(["There are no values to draw."], 0), DataTable());

        var top = 4.0;
        // Only asked for the unit of its numbers, before the height of the text above the chart is known.
        var unplaced = new Scale(_y, all.Select(point => point.Y), 230, 0, withZero: true, round: true);
        foreach (var line in TextLayout.Wrap(unplaced.Caption(_y.Title), Width - 2 * Margin, SmallFontSize))
            _canvas.Text(Margin, top += 14, line, muted: true, size: SmallFontSize);
        top += _mark.Length > 0 && _markAt is not null ? 32 : 12;
        var bottom = top + Math.Max(230, _lines.Sum(line => Name(line.Series).Length * LineHeight + 2));

        var y = new Scale(_y, all.Select(point => point.Y), bottom, top, withZero: true, round: true);
        var left = Margin + y.Ticks.Max(tick => TextLayout.Width(tick.Label, SmallFontSize)) + 10;
        var right = Width - Margin - _lines.Max(line => Name(line.Series).Max(part => TextLayout.Width(part, FontSize))) - 32;
        var x = new Scale(_x, all.Select(point => point.X).Concat(_markAt is { } mark ? [mark] : []), left, right, withZero: false);

        foreach (var (value, label) in y.Ticks)
        {
            _canvas.Grid(left - 4, y.At(value), right, y.At(value));
            _canvas.Text(left - 8, y.At(value) + 4.5, label, "end", muted: true, SmallFontSize);
        }

        var height = _canvas.HorizontalAxis(x, _x.Title, top, bottom);
        DrawMark(x, left, right, top, bottom);
        var ends = new List<(int Line, double X, double Y)>();
        for (var i = 0; i < _lines.Length; i++)
        {
            if (DrawLine(i, x, y) is { } end) ends.Add((i, end.X, end.Y));
        }

        DrawNames(ends, right, top, bottom);
        height = _canvas.Notes(Notes(x, y), height);
        return new(title, subtitle, Describe(), _canvas, height, DataTable());
    }

    private void DrawMark(Scale x, double left, double right, double top, double bottom)
    {
        if (_markAt is not { } value || !x.Shows(value)) return;
        var at = x.At(value);
        _canvas.Mark($"M{N(at)} {N(top - 8)}V{N(bottom)}", Palette.Ink + " stroke-width=\"1.2\" stroke-dasharray=\"2 4\"", _mark);
        var half = TextLayout.Width(_mark, SmallFontSize) / 2;
        _canvas.Text(Math.Clamp(at, Math.Min(left + half, Width / 2), Math.Max(right - half, Width / 2)), top - 12, _mark, "middle", muted: true, SmallFontSize, Width - 2 * Margin);
    }

    /// <summary>Draws the line with its marks and returns where it ends, if it has any point that can be shown.</summary>
    private (double X, double Y)? DrawLine(int index, Scale x, Scale y)
    {
        var (series, points) = _lines[index];
        var path = new StringBuilder();
        (double X, double Y)? end = null;
        var isDrawing = false;
        foreach (var point in points)
        {
            if (!x.Shows(point.X) || !y.Shows(point.Y))
            {
                isDrawing = false;
                continue;
            }

            end = (x.At(point.X), y.At(point.Y));
            path.Append(isDrawing ? 'L' : 'M').Append(N(end.Value.X)).Append(' ').Append(N(end.Value.Y));
            isDrawing = true;
        }

        var colour = Palette.Colour(Colour(index));
        if (path.Length > 0)
            _canvas.Mark(path.ToString(), $" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"{(series.IsReference ? " stroke-dasharray=\"7 5\"" : "")}", series.Name);
        if (series.IsReference) return end;

        var radius = points.Count > 80 ? 2.5 : 4;
        foreach (var point in points.Where(point => x.Shows(point.X) && y.Shows(point.Y)))
        {
            _canvas.Mark(
                Shape(index, x.At(point.X), y.At(point.Y), radius), Palette.Solid(Colour(index)),
                $"{series.Name}: {Quantity.Format(point.X, _x.Unit)}, {Quantity.Format(point.Y, _y.Unit)}");
        }

        return end;
    }

    // Pushes names that would overlap downwards, and then back up from the lower edge: their order stays that of the lines.
    private void DrawNames(List<(int Line, double X, double Y)> ends, double right, double top, double bottom)
    {
        var ordered = ends.OrderBy(end => end.Y).Select(end => (end.Line, end.X, end.Y, Name: Name(_lines[end.Line].Series))).ToList();
        var places = ordered.Select(end => end.Y).ToArray();
        for (var i = 0; i < places.Length; i++)
            places[i] = Math.Max(places[i], i == 0 ? top : places[i - 1] + Distance(i - 1, i));
        for (var i = places.Length - 1; i >= 0; i--)
            places[i] = Math.Min(places[i], i == places.Length - 1 ? bottom : places[i + 1] - Distance(i, i + 1));

        for (var i = 0; i < places.Length; i++)
        {
            var (line, x, y, name) = ordered[i];
            var (series, at) = (_lines[line].Series, right + 20);
            if (Math.Abs(places[i] - y) > 3 || x < right - 3)
                _canvas.Grid(x + 6, y, right + 12, places[i]);
            if (series.IsReference)
                _canvas.Mark($"M{N(at - 6)} {N(places[i])}h12", $" stroke=\"{Palette.Colour(Colour(line))}\" stroke-width=\"2\" stroke-dasharray=\"5 2\"", series.Name);
            else
                _canvas.Mark(Shape(line, at, places[i], 4), Palette.Solid(Colour(line)), series.Name);
            for (var part = 0; part < name.Length; part++)
                _canvas.Text(at + 9, places[i] + 5 + (part - (name.Length - 1) / 2.0) * LineHeight, name[part]);
        }

        double Distance(int upper, int lower) => (ordered[upper].Name.Length + ordered[lower].Name.Length) * LineHeight / 2 + 2;
    }

    // On two lines at most; the tooltip of the line has the whole name.
    private static string[] Name(Series series)
    {
        var parts = TextLayout.Wrap(series.Name, WidestName, FontSize).ToArray();
        return parts.Length <= 2 ? parts.DefaultIfEmpty("").ToArray() : [parts[0], TextLayout.Fit(string.Join(' ', parts[1..]), WidestName, FontSize)];
    }

    // A reference is grey like the sequential model, which is what it usually extrapolates; other lines count up the remaining colours.
    private int Colour(int index) => _lines[index].Series is { IsReference: true, Model: null }
        ? 0
        : Palette.Index(_lines[index].Series.Model, _lines.Take(index).Count(line => line.Series is { Model: null, IsReference: false }));

    private static string Shape(int index, double x, double y, double r) => (index % 6) switch
    {
        0 => $"M{N(x - r)} {N(y)}a{N(r)} {N(r)} 0 1 0 {N(2 * r)} 0a{N(r)} {N(r)} 0 1 0 {N(-2 * r)} 0z",
        1 => $"M{N(x - r)} {N(y - r)}h{N(2 * r)}v{N(2 * r)}h{N(-2 * r)}z",
        2 => $"M{N(x)} {N(y - r * 1.3)}l{N(r * 1.2)} {N(r * 2.2)}h{N(-r * 2.4)}z",
        3 => $"M{N(x)} {N(y - r * 1.4)}l{N(r * 1.4)} {N(r * 1.4)}l{N(-r * 1.4)} {N(r * 1.4)}l{N(-r * 1.4)} {N(-r * 1.4)}z",
        4 => $"M{N(x)} {N(y + r * 1.3)}l{N(r * 1.2)} {N(-r * 2.2)}h{N(-r * 2.4)}z",
        _ => $"M{N(x - r * 1.3)} {N(y - 1.5)}h{N(r * 2.6)}v3h{N(-r * 2.6)}zM{N(x - 1.5)} {N(y - r * 1.3)}h3v{N(r * 2.6)}h-3z",
    };

    private IEnumerable<string> Notes(Scale x, Scale y)
    {
        foreach (var (series, points) in _lines)
        {
            var absent = points.Count(point => double.IsFinite(point.X) && double.IsFinite(point.Y) && !(x.Shows(point.X) && y.Shows(point.Y)));
            if (absent > 0)
                yield return $"{absent} of {points.Count} points of {series.Name} are not drawn: zero and negative numbers have no place on a logarithmic scale.";
            else if (!points.Any(point => x.Shows(point.X) && y.Shows(point.Y)))
                yield return $"{series.Name} has no points.";
        }
    }

    private string Describe() =>
        $"Line chart of {Named(_y, "y")} over {Named(_x, "x")}. " + string.Join("; ", _lines.Where(line => line.Points.Count > 0).Select(line =>
            $"{line.Series.Name}: from {Quantity.Format(line.Points[0].Y, _y.Unit)} at {Quantity.Format(line.Points[0].X, _x.Unit)} "
            + $"to {Quantity.Format(line.Points[^1].Y, _y.Unit)} at {Quantity.Format(line.Points[^1].X, _x.Unit)}")) + ".";

    private Table DataTable()
    {
        var rows = _lines.SelectMany(line => line.Points).Select(point => point.X).Distinct().Order().Select(x =>
            _lines.Select(line => string.Join(", ", line.Points.Where(point => point.X.Equals(x)).Select(point => Quantity.Format(point.Y, _y.Unit))))
                .Prepend(Quantity.Format(x, _x.Unit)).ToArray());
        return new([Named(_x, "x"), .. _lines.Select(line => line.Series.Name)], [.. rows]);
    }

    private static string Named(Axis axis, string otherwise) => axis.Title.Length > 0 ? axis.Title : otherwise;
}
