using System.Text;
using static ConcurrencyNotebooks.Canvas;

namespace ConcurrencyNotebooks;

/// <summary>Draws a scene as SVG: an image that needs no style and no script of a page.</summary>
internal sealed class ScenePicture(ChartSpec chart)
{
    private const double WidestName = 150, WidestLane = 220, NameHeight = 16, PlotHeight = 240, Inside = Width - (2 * Margin);
    private const double Edge = 4; // As near as a number of an axis comes to the end of the picture.
    private const int MostNameLines = 3;

    // Text has a halo, because it may cross a grid line.
    private const string Rules =
        "text{font:14px system-ui,sans-serif;fill:" + Palette.InkColour + ";stroke:#fff;stroke-width:3px;"
        + "stroke-linejoin:round;paint-order:stroke}.h{font-size:16px;font-weight:600}.u,.s{font-size:13px}.u{opacity:.8}"
        + ".m{text-anchor:middle}.e{text-anchor:end}.b{fill:#fff}.k{stroke:" + Palette.InkColour + "}"
        + "@media(prefers-color-scheme:dark){text{fill:#eceff4;stroke:#11151d}"
        + ".b{fill:#11151d}.k{stroke:#eceff4}}";

    private readonly Scene _scene = chart.Scene;
    private readonly StringBuilder _markup = new();
    private readonly SortedSet<(int Colour, bool IsWaiting)> _textures = [];
    private Scale _x = null!;
    private Func<double, double> _y = null!;
    private Predicate<double> _showsY = double.IsFinite;
    private double _left = Margin, _right = Width - Margin, _top, _bottom = Margin;

    /// <param name="isImage">Whether it stands in an image, whose words say its title.</param>
    public string Draw(bool isImage = false)
    {
        Lines(chart.Title, "h", 19);
        Lines(chart.Subtitle, "u");
        _top = _bottom += Margin;
        if (!_scene.IsEmpty)
        {
            if (_scene.Y is null) LayRows();
            else LayLines(_scene.Y);
            foreach (var rule in _scene.Rules.Where(rule => _x.Shows(rule.At))) DrawRule(rule);
            if (_scene.X is not null) HorizontalAxis();
            foreach (var series in _scene.Series) DrawSeries(series);
            DrawLegend();
        }

        foreach (var note in _scene.Notes) Lines(note, "u");
        var height = Math.Ceiling(_bottom + Margin);
        var size = $"viewBox='0 0 {N(Width)} {N(height)}' width='600' height='{N(height * 600 / Width)}' fill='none'";
        var title = isImage ? "" : $"<title>{Markup.Escape(chart.Title)}</title>";
        return $"<svg xmlns='http://www.w3.org/2000/svg' {size}>{title}<style>{Rules}</style>"
            + (_textures.Count > 0 ? $"<defs>{string.Concat(_textures.Select(Palette.Pattern))}</defs>" : "")
            + $"<rect class='b' x='.5' y='.5' width='{N(Width - 1)}' height='{N(height - 1)}' rx='8' stroke='#888' stroke-opacity='.5'/>"
            + $"{_markup}</svg>";
    }

    private void LayRows()
    {
        var height = _scene.RowHeight;
        var isAbove = height > 24 && _scene.Rows.Any(row => TextLayout.Width(row.Name, FontSize) > WidestName);
        var above = isAbove ? 4 + (NameHeight * _scene.Rows.Max(row => NameLines(row.Name).Count)) : 0;
        if (_scene.Rules.Count > 0) _top += 20;
        _y = y => _top + (Math.Round(y) * (height + above)) + above + ((y - Math.Round(y) + 0.5) * height);
        _bottom = _y(_scene.LastRow - 0.5) + (height / 2) + 4;
        _x = new Scale(new(), [Width], 0, Width);
        if (_scene.X is null) return;

        var (size, rows) = (height > 24 ? FontSize : SmallFontSize, _scene.ShownRows(height + above).ToList());
        var widest = size == FontSize ? WidestName : WidestLane;
        if (!isAbove) _left += rows.Max(row => Math.Min(TextLayout.Width(row.Name, size), widest)) + 8;
        var labels = _scene.LabelledBehind;
        _right -= labels.Select(mark => TextLayout.Width(mark.Label, FontSize) + 12).DefaultIfEmpty(4).Max();
        var ends = _scene.Marks.SelectMany(mark => new[] { mark.From, mark.X }).Concat(_scene.Rules.Select(rule => rule.At));
        _x = HorizontalScale(ends, _left, _right);
        foreach (var (at, name) in rows)
        {
            if (!isAbove) Text(_left - 8, _y(at) + 4.5, name, size == FontSize ? "e" : "s e", widest);
            foreach (var (line, text) in isAbove ? NameLines(name).AsEnumerable().Reverse().Index() : [])
                Text(Margin, _y(at) - (height / 2) - 5 - (line * NameHeight), text, maxWidth: Inside);
        }

        if (_scene.X.Logarithmic) Grid(string.Concat(labels.Select(mark => $"M{N(_left)} {N(_y(mark.Y))}H{N(_right)}")));
    }

    private void LayLines(ChartAxis axis)
    {
        var values = _scene.Marks.Select(mark => mark.Y).ToList();
        _bottom -= Margin / 2;
        Lines(new Scale(axis, values, PlotHeight, 0, round: true).Caption, "u");
        _top = _bottom + (_scene.Rules.Count > 0 ? 32 : 14);
        _bottom = _top + PlotHeight;
        var y = new Scale(axis, values, _bottom, _top, round: true);
        (_y, _showsY) = (y.At, y.Shows);
        _left += y.Ticks.Max(tick => TextLayout.Width(tick.Label, SmallFontSize)) + 10;
        var x = _scene.Marks.Select(mark => mark.X).Concat(_scene.Rules.Select(rule => rule.At));
        _x = HorizontalScale(x, _left, _right - 10, withZero: false);
        Grid(string.Concat(y.Ticks.Select(tick => $"M{N(_left - 4)} {N(_y(tick.Value))}H{N(_right)}")));
        foreach (var (value, label) in y.Ticks) Text(_left - 8, _y(value) + 4.5, label, "u e");
    }

    // A name that is longer than its lines ends with an ellipsis; the table has all of it.
    private static List<string> NameLines(string name)
    {
        var lines = TextLayout.Wrap(name, Inside, FontSize).ToList();
        return lines.Count <= MostNameLines ? lines
            : [.. lines.Take(MostNameLines - 1), string.Join(' ', lines.Skip(MostNameLines - 1))];
    }

    // The first and the last number stand below their ticks: moved aside they would touch their neighbours.
    private Scale HorizontalScale(IEnumerable<double> ends, double left, double right, bool withZero = true)
    {
        var (axis, values) = (_scene.X!, ends.ToList());
        var scale = new Scale(axis, values, left, right, withZero);
        if (axis.Categories is not null) return scale;
        var before = Edge - scale.At(scale.Ticks[0].Value) + Half(scale.Ticks[0].Label);
        var behind = scale.At(scale.Ticks[^1].Value) + Half(scale.Ticks[^1].Label) - (Width - Edge);
        return new Scale(axis, values, left + Math.Max(0, before), right - Math.Max(0, behind), withZero);

        static double Half(string label) => TextLayout.Width(label, SmallFontSize) / 2;
    }

    private void HorizontalAxis()
    {
        var isMatrix = _scene.Y is null && _scene.X!.Categories is not null;
        var room = isMatrix ? _x.At(1) - _x.At(0) - 4 : Width;
        if (!isMatrix) Grid(string.Concat(_x.Ticks.Select(tick => $"M{N(_x.At(tick.Value))} {N(_top)}V{N(_bottom)}")));
        foreach (var (value, label) in isMatrix ? _scene.X!.Categories!.Select((name, i) => ((double)i, name)) : _x.Ticks)
        {
            var half = Math.Min(room, TextLayout.Width(label, SmallFontSize)) / 2;
            Text(Math.Clamp(_x.At(value), Edge + half, Math.Max(Edge + half, Width - Edge - half)), _bottom + 19, label, "u m", room);
        }

        _bottom += 20;
        Lines(_x.Caption, "u m", x: Width / 2);
        _bottom += 6;
    }

    private void DrawRule(ChartMark rule)
    {
        var (at, half) = (_x.At(rule.At), TextLayout.Width(rule.Text, SmallFontSize) / 2);
        Path(" class='k' stroke-width='1.2' stroke-dasharray='2 4'", $"M{N(at)} {N(_top - 8)}V{N(_bottom)}");
        Text(Math.Clamp(at, Math.Min(_left + half, Width / 2), Math.Max(_right - half, Width / 2)), _top - 12, rule.Text, "u m", Inside);
    }

    private void DrawSeries(MarkSeries series)
    {
        var shown = series.Marks.Where(mark => _x.Shows(mark.X) && _showsY(mark.Y)).ToList();
        if (series.Form == MarkForm.Bars)
        {
            foreach (var part in shown.GroupBy(mark => mark.Share))
                Path(Fill(series, part.Key), string.Concat(part.Select(mark => Bar(series, mark))));
        }

        if (series.Form is not (MarkForm.Bars or MarkForm.Dots)) Path(Stroke(series), Line(series));
        if (series.Form is MarkForm.Dots or MarkForm.LineWithDots)
            Path(Fill(series), Symbols(series, shown.Select(mark => (_x.At(mark.X), _y(mark.Y)))));
        foreach (var mark in series.Marks.Where(mark => mark.Label.Length > 0)) DrawLabel(series, mark);
    }

    private string Bar(MarkSeries series, Mark mark)
    {
        var (from, to, height) = (_x.At(mark.From), _x.At(mark.X), series.Thickness * _scene.RowHeight);

        // A hair of room behind it, where it is wide enough: spans in a row must not look like one.
        var width = Math.Abs(to - from) is > 3 and var wide ? wide - 0.6 : Math.Max(Math.Abs(to - from), 0.8);
        return $"M{N(Math.Min(from, to))} {N(_y(mark.Y) - (height / 2))}h{N(width)}v{N(height)}h{N(-width)}z";
    }

    private string Line(MarkSeries series)
    {
        var (path, isDrawing) = (new StringBuilder(), false);
        foreach (var mark in series.Marks)
        {
            var isShown = _x.Shows(mark.X) && _showsY(mark.Y);
            var (x, y) = isShown ? (N(_x.At(mark.X)), N(_y(mark.Y))) : ("", "");
            if (isShown) path.Append(!isDrawing ? $"M{x} {y}" : series.Form == MarkForm.Steps ? $"H{x}V{y}" : $"L{x} {y}");
            isDrawing = isShown;
        }

        return path.ToString();
    }

    private void DrawLabel(MarkSeries series, Mark mark)
    {
        if (series.LabelsBehind)
        {
            // Behind the zero line where the bar is negative, because the room there is empty.
            var end = _x.Shows(mark.X) ? Math.Max(_x.At(mark.X), _x.Zero) : _x.Zero;
            Text(end + (series.Form == MarkForm.Dots ? 10 : 6), _y(mark.Y) + 4.5, mark.Label);
            return;
        }

        var (from, to) = (_x.At(mark.From), _x.At(mark.X));
        if (_scene.RowHeight > 20 && (_scene.X?.Categories is not null || TextLayout.Width(mark.Label, SmallFontSize) + 4 < to - from))
        {
            var style = series.IsSolid ? "fill:#fff;stroke:none" : series.IsWaiting ? "" : "stroke:none";
            Text((from + to) / 2, _y(mark.Y) + 4.5, mark.Label, "s m", to - from, style);
        }
    }

    private void DrawLegend()
    {
        var several = _scene.Series.Where(series => series.Name.Length > 0).DistinctBy(series => series.Name).ToList();
        if (several.Count < 2) return; // One name needs no legend.
        var x = Width;
        foreach (var series in several)
        {
            var width = Math.Min(TextLayout.Width(series.Name, SmallFontSize), Inside - 22);
            if (x + 22 + width > Width - Margin) (x, _bottom) = (Margin, _bottom + 20);
            if (series.Form == MarkForm.Bars) Path(Fill(series), $"M{N(x)} {N(_bottom - 10.5)}h16v12h-16z");
            else if (series.Form != MarkForm.Dots) Path(Stroke(series), $"M{N(x)} {N(_bottom - 4.5)}h16");
            if (series.Form is MarkForm.Dots or MarkForm.LineWithDots) Path(Fill(series), Symbols(series, [(x + 8, _bottom - 4.5)]));
            Text(x + 22, _bottom, series.Name, "u", width + 0.01);
            x += 22 + width + 16;
        }

        _bottom += 4;
    }

    private string Fill(MarkSeries series, double share = 1)
    {
        if (series.Form != MarkForm.Bars && series.Size < 3) return $"{Stroke(series)} stroke-linecap='round' opacity='.8'";
        if (series.IsHollow) return Stroke(series);
        var isPlain = series.Form != MarkForm.Bars || series.Colour >= Palette.Grey;
        if (!isPlain) _textures.Add((series.Colour, series.IsWaiting));
        return $" fill='{(isPlain ? Palette.Colour(series.Colour) : Palette.TextureUrl(series.Colour, series.IsWaiting))}'"
            + (share < 1 ? string.Create(CultureInfo.InvariantCulture, $" fill-opacity='{share:0.##}'") : "");
    }

    private static string Stroke(MarkSeries series) =>
        (series.Colour == Palette.Ink ? " class='k'" : $" stroke='{Palette.Colour(series.Colour)}'")
        + $" stroke-width='{N(series.Size < 3 ? 2 * series.Size : 2)}'"
        + (series.Dash > 0 ? $" stroke-dasharray='{Palette.Dashes[series.Dash].Svg}'" : "");

    private void Grid(string path) => Path(" stroke='#888' stroke-opacity='.35'", path);

    private void Path(string look, string path) => _markup.Append(path.Length > 0 ? $"<path{look} d='{path}'/>" : "");

    private void Text(double x, double y, string text, string kind = "", double maxWidth = Width, string style = "")
    {
        var shown = TextLayout.Fit(text, maxWidth, kind is "" or "e" ? FontSize : kind == "h" ? 17 : SmallFontSize);
        var look = (kind.Length > 0 ? $" class='{kind}'" : "") + (style.Length > 0 ? $" style='{style}'" : "");
        var place = $"x='{N(Math.Round(x))}' y='{N(Math.Round(y))}'";
        _markup.Append(CultureInfo.InvariantCulture, $"<text{look} {place}>{Markup.Escape(shown)}</text>");
    }

    private void Lines(string text, string kind, double lineHeight = 17, double x = Margin)
    {
        foreach (var line in TextLayout.Wrap(text, Inside, kind == "h" ? 17 : SmallFontSize)) Text(x, _bottom += lineHeight, line, kind);
    }
}
