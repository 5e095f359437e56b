using static ConcurrencyNotebooks.Canvas;

namespace ConcurrencyNotebooks;

/// <summary>Draws a <see cref="TimelineChart"/>.</summary>
internal sealed class TimelinePainter(TimelineChart chart)
{
    private const double WidestName = 120;

    private readonly Canvas _canvas = new();
    private double _thickness, _gap, _end;

    public Drawing Draw(string title, string subtitle)
    {
        var (spans, lanes) = chart.Rows();
        if (spans.Count == 0)
            return new(title, subtitle, "A timeline without spans.", _canvas, _canvas.Notes(["No span has ended yet."], 0), chart.DataTable(spans));

        var colours = TimelineChart.Colours(spans);
        var rows = lanes.Sum(lane => lane.Rows);
        (_thickness, _gap) = rows switch { <= 14 => (20.0, 6.0), <= 30 => (14.0, 4.0), _ => (7.0, 2.0) };

        var left = Margin + Math.Min(WidestName, lanes.Max(lane => TextLayout.Width(lane.Name, SmallFontSize))) + 8;
        _end = spans.Max(span => span.End);
        var scale = new Scale(new ChartAxis("time", "s"), [_end], left, Width - Margin - 4);

        var legend = TimelineChart.Legend(spans, colours);
        var fills = spans.Select(span => (Colour: colours(span), span.IsWaiting)).Union(legend.Select(entry => (entry.Colour, entry.IsWaiting))).Order();
        _canvas.Raw($"<defs>{string.Concat(fills.Select(fill => Palette.Pattern(fill.Colour, fill.IsWaiting)))}</defs>\n");
        var bottom = (rows * (_thickness + 1)) + (lanes.Count * _gap);
        var height = _canvas.HorizontalAxis(scale, "time", 0, bottom);
        var tops = DrawLanes(lanes, left);
        DrawMarks(spans, tops, colours, scale);

        height = DrawLegend(legend, height);
        if (chart.Thinned.Length > 0) height = _canvas.Notes([chart.Thinned], height);
        return new(title, subtitle, Describe(spans, lanes.Count), _canvas, height, chart.DataTable(spans));
    }

    /// <summary>Draws the grounds and names of the lanes and returns the top of each row.</summary>
    private List<double> DrawLanes(List<(string Name, int Rows)> lanes, double left)
    {
        var (top, labelEnd, tops) = (0.0, double.NegativeInfinity, new List<double>());
        foreach (var (name, rows) in lanes)
        {
            for (var row = 0; row < rows; row++) tops.Add(top + (row * (_thickness + 1)));
            var height = (rows * (_thickness + 1)) - 1;
            _canvas.Mark($"M{N(left)} {N(top)}H{N(Width - Margin - 4)}v{N(height)}H{N(left)}z", " fill=\"#888\" fill-opacity=\".1\"", name);

            // Where lanes are thinner than text, as many are named as there is room for.
            if (top + (height / 2) - 6 >= labelEnd)
            {
                _canvas.Text(left - 8, top + (height / 2) + 4.5, name, "end", size: SmallFontSize, maxWidth: WidestName);
                labelEnd = top + (height / 2) + 9;
            }

            top += height + 1 + _gap;
        }

        return tops;
    }

    // A mark is a thick line, and all lines of a fill are one group: a thousand spans make a small picture that way.
    private void DrawMarks(List<TimelineChart.Placed> spans, List<double> tops, Func<TimelineChart.Placed, int> colours, Scale scale)
    {
        foreach (var group in spans.GroupBy(span => (Colour: colours(span), span.IsWaiting)))
        {
            _canvas.Raw($"<g{Palette.Stroke(group.Key.Colour, group.Key.IsWaiting)} stroke-width=\"{N(_thickness)}\">\n");
            foreach (var span in group)
            {
                // A hair of room behind it, where it is wide enough: spans in a row must not look like one.
                var width = scale.At(span.End) - scale.At(span.Start);
                _canvas.Mark(
                    $"M{N(scale.At(span.Start))} {N(tops[span.Row] + (_thickness / 2))}h{N(width > 3 ? width - 0.6 : Math.Max(width, 0.8))}", "",
                    $"{span.Name}{(span.IsWaiting ? " waits" : "")}: {TimelineChart.Seconds(span.Start, _end)} to {TimelineChart.Seconds(span.End, _end)}");
            }

            _canvas.Raw("</g>\n");
        }

        if (_thickness < 18) return;
        _canvas.Raw("<g pointer-events=\"none\">\n"); // The pointer shall find the span below, which has the tooltip.
        foreach (var span in spans)
        {
            var (from, to) = (scale.At(span.Start), scale.At(span.End));
            if (TextLayout.Width(span.Name, SmallFontSize) + 8 > to - from) continue;
            var attributes = span.IsWaiting ? "" : " fill=\"#fff\"";
            _canvas.Text((from + to) / 2, tops[span.Row] + (_thickness / 2) + 4.5, span.Name, "middle", size: SmallFontSize, attributes: attributes);
        }

        _canvas.Raw("</g>\n");
    }

    private double DrawLegend(List<(int Colour, string Text, bool IsWaiting)> legend, double y)
    {
        var x = Width;
        foreach (var (colour, text, isWaiting) in legend)
        {
            var width = Math.Min(TextLayout.Width(text, SmallFontSize), 2 * WidestName);
            if (x + 26 + width > Width - Margin) (x, y) = (Margin, y + 20);
            _canvas.Mark($"M{N(x)} {N(y - 12)}h20v14h-20z", Palette.Fill(colour, isWaiting), text);
            _canvas.Text(x + 26, y, text, muted: true, size: SmallFontSize, maxWidth: width + 0.01);
            x += 26 + width + 18;
        }

        return legend.Count > 0 ? y + 6 : y;
    }

    private string Describe(List<TimelineChart.Placed> spans, int lanes) =>
        $"Timeline of {spans.Count} {(spans.Count == 1 ? "span" : "spans")} in {lanes} {(lanes == 1 ? "lane" : "lanes")} "
        + $"over {Quantity.Format(_end, "s")}; {spans.Count(span => span.IsWaiting)} of them wait.";
}
