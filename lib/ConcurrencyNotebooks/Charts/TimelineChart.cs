using static ConcurrencyNotebooks.Canvas;

namespace ConcurrencyNotebooks;

/// <summary>Draws spans of time in lanes. Spans that overlap within a lane get rows of their own, so that none hides another.</summary>
internal static partial class TimelineChart
{
    // More rows than this would be a wall and not a picture.
    private const int MostRows = 120;
    private const double WidestName = 120;

    public static Drawing Draw(string title, string subtitle, IReadOnlyList<TimelineSpan> spans)
    {
        var canvas = new Canvas();
        if (spans.Count == 0)
            return new(title, subtitle, "A timeline without spans.", canvas, canvas.Notes(["No span has ended yet."], 0), DataTable(spans, new Clock(0, 0)));

        var clock = new Clock(spans.Min(span => span.StartTimestamp), spans.Max(span => span.EndTimestamp));
        var colours = Colours(spans);
        var (lanes, hidden) = Lanes(spans);
        var rows = lanes.Sum(lane => lane.Rows.Count);
        var (thickness, gap) = rows switch { <= 14 => (20.0, 6.0), <= 30 => (14.0, 4.0), _ => (7.0, 2.0) };

        var left = Margin + Math.Min(WidestName, lanes.Max(lane => TextLayout.Width(lane.Name, SmallFontSize))) + 8;
        var end = clock.Seconds(clock.End);
        var scale = new Scale(new Axis("time", "s"), [end], left, Width - Margin - 4);

        var legend = Legend(spans, colours);
        var fills = spans.Select(span => (Colour: colours[span], span.IsWaiting)).Union(legend.Select(entry => (entry.Colour, entry.IsWaiting))).Order();
        canvas.Raw($"<defs>{string.Concat(fills.Select(fill => Palette.Pattern(fill.Colour, fill.IsWaiting)))}</defs>\n");
        var bottom = lanes.Sum(lane => lane.Rows.Count * (thickness + 1) + gap);
        var height = canvas.HorizontalAxis(scale, "time", 0, bottom);
        DrawLanes(canvas, lanes, left, thickness, gap);
        var (marks, coarseness) = Marks(lanes, scale, clock, thickness, gap);
        DrawMarks(canvas, marks, colours, clock, thickness);

        height = DrawLegend(canvas, legend, height);
        height = canvas.Notes(Notes(hidden, coarseness), height);
        return new(title, subtitle, Describe(spans, lanes.Count, end), canvas, height, DataTable(spans, clock));
    }

    private static void DrawLanes(Canvas canvas, List<Lane> lanes, double left, double thickness, double gap)
    {
        var (top, labelEnd) = (0.0, double.NegativeInfinity);
        foreach (var lane in lanes)
        {
            var height = lane.Rows.Count * (thickness + 1) - 1;
            canvas.Mark($"M{N(left)} {N(top)}H{N(Width - Margin - 4)}v{N(height)}H{N(left)}z", " fill=\"#888\" fill-opacity=\".1\"", lane.Name);

            // Where lanes are thinner than text, as many are named as there is room for.
            if (top + height / 2 - 6 >= labelEnd)
            {
                canvas.Text(left - 8, top + height / 2 + 4.5, lane.Name, "end", size: SmallFontSize, maxWidth: WidestName);
                labelEnd = top + height / 2 + 9;
            }

            top += height + 1 + gap;
        }
    }

    // A mark is a thick line, and all lines of a fill are one group: a thousand spans make a small picture that way.
    private static void DrawMarks(Canvas canvas, List<SpanMark> marks, Dictionary<TimelineSpan, int> colours, Clock clock, double thickness)
    {
        foreach (var group in marks.GroupBy(mark => (Colour: colours[mark.Longest], mark.Longest.IsWaiting)))
        {
            canvas.Raw($"<g{Palette.Stroke(group.Key.Colour, group.Key.IsWaiting)} stroke-width=\"{N(thickness)}\">\n");
            foreach (var mark in group)
            {
                // A hair of room behind it, where it is wide enough: spans in a row must not look like one.
                var width = mark.To - mark.From;
                canvas.Mark($"M{N(mark.From)} {N(mark.Y)}h{N(width > 3 ? width - 0.6 : Math.Max(width, 0.8))}", "", $"{mark.Name}: {clock.Range(mark.First.StartTimestamp, mark.Last.EndTimestamp)}");
            }

            canvas.Raw("</g>\n");
        }

        if (thickness < 18) return;
        canvas.Raw("<g pointer-events=\"none\">\n"); // The pointer shall find the span below, which has the tooltip.
        foreach (var mark in marks.Where(mark => mark.Count == 1 && TextLayout.Width(mark.First.Name, SmallFontSize) + 8 <= mark.To - mark.From))
            canvas.Text((mark.From + mark.To) / 2, mark.Y + 4.5, mark.First.Name, "middle", size: SmallFontSize, attributes: mark.First.IsWaiting ? "" : " fill=\"#fff\"");
        canvas.Raw("</g>\n");
    }

    private static IEnumerable<string> Notes(int hidden, double coarseness)
    {
        if (hidden > 0) yield return $"{hidden} spans that would need more than {MostRows} rows are not drawn; the table counts them.";
        if (coarseness > 1) yield return $"There are too many spans to draw each: neighbours within {N(coarseness)} pixels share a mark, which has the colour of the longest.";
    }

    // By model; spans without one by name, as long as there are few names.
    private static Dictionary<TimelineSpan, int> Colours(IReadOnlyList<TimelineSpan> spans)
    {
        var names = spans.Where(span => span.Model is null).Select(span => span.Name).Distinct().ToList();
        return spans.ToDictionary(span => span, span => Palette.Index(span.Model, names.Count <= 4 ? names.IndexOf(span.Name) : 0));
    }

    private static List<(int Colour, string Text, bool IsWaiting)> Legend(IReadOnlyList<TimelineSpan> spans, Dictionary<TimelineSpan, int> colours)
    {
        var named = spans.GroupBy(span => (Colour: colours[span], Text: span.Model?.ToString().ToLowerInvariant() ?? span.Name)).Select(group => group.Key);
        // Where one colour stands for many names, it says nothing.
        var legend = named.GroupBy(entry => entry.Colour).Where(group => group.Count() == 1)
            .Select(group => (group.Key, group.First().Text, IsWaiting: false)).Order().ToList();
        if (spans.FirstOrDefault(span => span.IsWaiting) is { } waiting) legend.Add((colours[waiting], "waiting", true));
        return legend.Count > 1 ? legend : [];
    }

    private static double DrawLegend(Canvas canvas, List<(int Colour, string Text, bool IsWaiting)> legend, double y)
    {
        var x = Width;
        foreach (var (colour, text, isWaiting) in legend)
        {
            var width = Math.Min(TextLayout.Width(text, SmallFontSize), 2 * WidestName);
            if (x + 26 + width > Width - Margin) (x, y) = (Margin, y + 20);
            canvas.Mark($"M{N(x)} {N(y - 12)}h20v14h-20z", Palette.Fill(colour, isWaiting), text);
            canvas.Text(x + 26, y, text, muted: true, size: SmallFontSize, maxWidth: width + 0.01);
            x += 26 + width + 18;
        }

        return legend.Count > 0 ? y + 6 : y;
    }

    private static string Describe(IReadOnlyList<TimelineSpan> spans, int lanes, double end) =>
        $"Timeline of {spans.Count} {(spans.Count == 1 ? "span" : "spans")} in {lanes} {(lanes == 1 ? "lane" : "lanes")} over {Quantity.Format(end, "s")}; "
        + $"{spans.Count(span => span.IsWaiting)} of them wait.";

    private static Table DataTable(IReadOnlyList<TimelineSpan> spans, Clock clock)
    {
        if (spans.Count <= 40)
        {
            return new(["span", "lane", "start", "end", "state"], [.. spans.Select(span => new[]
            {
                span.Name, span.Lane, clock.Time(span.StartTimestamp), clock.Time(span.EndTimestamp), span.IsWaiting ? "waiting" : "working",
            })]);
        }

        var lanes = spans.GroupBy(span => span.Lane).ToList();
        return new(["lane", "spans", "working", "waiting", "start", "end"], [.. lanes.Take(40).Select(lane => new[]
        {
            lane.Key, Quantity.Format(lane.Count(), ""), Sum(lane, waiting: false), Sum(lane, waiting: true),
            clock.Time(lane.Min(span => span.StartTimestamp)), clock.Time(lane.Max(span => span.EndTimestamp)),
        })], lanes.Count > 40 ? $"and {lanes.Count - 40} more lanes" : "");

        static string Sum(IEnumerable<TimelineSpan> lane, bool waiting) =>
            Quantity.Format(lane.Where(span => span.IsWaiting == waiting).Sum(span => span.Duration.TotalSeconds), "s");
    }
}
