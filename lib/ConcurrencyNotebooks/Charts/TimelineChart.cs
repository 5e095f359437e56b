using System.Diagnostics;
using static ConcurrencyNotebooks.Canvas;

namespace ConcurrencyNotebooks;

/// <summary>Draws spans of time in lanes. Spans that overlap within a lane get rows of their own, so that none hides another.</summary>
internal static class TimelineChart
{
    // More rows than this would be a wall and not a picture.
    private const int MostRows = 120;
    private const double WidestName = 120;

    public static Drawing Draw(string title, string subtitle, IReadOnlyList<TimelineSpan> spans)
    {
        var canvas = new Canvas();
        if (spans.Count == 0)
            return new(title, subtitle, "A timeline without spans.", canvas, canvas.Notes(["No span has ended yet."], 0), DataTable(spans, 0));

        var origin = spans.Min(span => span.StartTimestamp);
        var colours = Colours(spans);
        var (lanes, hidden) = Lanes(spans);
        var rows = lanes.Sum(lane => lane.Rows.Count);
        var (thickness, gap) = rows switch { <= 14 => (20.0, 6.0), <= 30 => (14.0, 4.0), _ => (7.0, 2.0) };

        var left = Margin + Math.Min(WidestName, lanes.Max(lane => TextLayout.Width(lane.Name, SmallFontSize))) + 8;
        var end = spans.Max(span => Seconds(origin, span.EndTimestamp));
        var scale = new Scale(new Axis("time", "s"), [end], left, Width - Margin - 4);

        canvas.Raw($"<defs>{string.Concat(colours.Values.Distinct().SelectMany(_ => Waiting, (index, waiting) => Palette.Pattern(index, waiting)))}</defs>\n");
        var bottom = lanes.Sum(lane => lane.Rows.Count * (thickness + 1) + gap);
        var height = canvas.HorizontalAxis(scale, "time", 0, bottom);
        var (top, labelEnd) = (0.0, double.NegativeInfinity);
        foreach (var lane in lanes)
        {
            var laneHeight = lane.Rows.Count * (thickness + 1) - 1;
            canvas.Mark($"M{N(left)} {N(top)}H{N(Width - Margin - 4)}v{N(laneHeight)}H{N(left)}z", " fill=\"#888\" fill-opacity=\".1\"", lane.Name);

            // Where lanes are thinner than text, as many are named as there is room for.
            if (top + laneHeight / 2 - 6 >= labelEnd)
            {
                canvas.Text(left - 8, top + laneHeight / 2 + 4.5, lane.Name, "end", size: SmallFontSize, maxWidth: WidestName);
                labelEnd = top + laneHeight / 2 + 9;
            }

            for (var row = 0; row < lane.Rows.Count; row++)
                DrawRow(canvas, scale, lane.Rows[row], origin, colours, top + row * (thickness + 1), thickness);
            top += laneHeight + 1 + gap;
        }

        height = DrawLegend(canvas, spans, colours, height);
        height = canvas.Notes(hidden > 0 ? [$"{hidden} spans that would need more than {MostRows} rows are not drawn; the table counts them."] : [], height);
        return new(title, subtitle, Describe(spans, lanes.Count, end), canvas, height, DataTable(spans, origin));
    }

    private static readonly bool[] Waiting = [false, true];

    private sealed record Lane(string Name, List<List<TimelineSpan>> Rows);

    // The first row in which nothing is in the way: what is nested comes below what it is nested in.
    private static (List<Lane> Lanes, int Hidden) Lanes(IReadOnlyList<TimelineSpan> spans)
    {
        var lanes = new List<Lane>();
        var byName = new Dictionary<string, Lane>();
        var (rows, hidden) = (0, 0);
        foreach (var span in spans.OrderBy(span => span.StartTimestamp).ThenByDescending(span => span.EndTimestamp))
        {
            if (!byName.TryGetValue(span.Lane, out var lane))
            {
                lane = new(span.Lane, []);
                byName.Add(span.Lane, lane);
                if (rows < MostRows) lanes.Add(lane);
            }

            var row = lane.Rows.Find(row => row[^1].EndTimestamp <= span.StartTimestamp);
            if (row is null && rows >= MostRows)
            {
                hidden++;
                continue;
            }

            if (row is null)
            {
                lane.Rows.Add(row = []);
                rows++;
            }

            row.Add(span);
        }

        return (lanes, hidden);
    }

    private static void DrawRow(
        Canvas canvas, Scale scale, List<TimelineSpan> row, long origin, Dictionary<TimelineSpan, int> colours, double top, double thickness)
    {
        for (var i = 0; i < row.Count;)
        {
            var (first, last) = (row[i], row[i]);
            var from = scale.At(Seconds(origin, first.StartTimestamp));
            var to = scale.At(Seconds(origin, last.EndTimestamp));
            var count = 1;

            // Spans thinner than a pixel become one mark with their neighbours: nothing visible is lost, and a thousand stay small.
            for (i++; to - from < 1 && i < row.Count; i++, count++)
            {
                var next = scale.At(Seconds(origin, row[i].EndTimestamp));
                if (next - from >= 1) break;
                (last, to) = (row[i], next);
            }

            var name = count == 1 ? first.Name : $"{count} spans, {first.Name} to {last.Name}";
            var state = first.IsWaiting ? ", waiting" : "";
            var times = $"{Time(origin, first.StartTimestamp)} to {Time(origin, last.EndTimestamp)}";
            canvas.Mark(
                $"M{N(from)} {N(top)}h{N(Math.Max(to - from, 0.8))}v{N(thickness)}H{N(from)}z",
                Palette.Fill(colours[first], first.IsWaiting), $"{name}{state}: {times}");

            if (thickness >= 18 && count == 1 && TextLayout.Width(first.Name, SmallFontSize) + 8 <= to - from)
                canvas.Text((from + to) / 2, top + 14.5, first.Name, "middle", size: SmallFontSize, attributes: first.IsWaiting ? "" : " fill=\"#fff\"");
        }
    }

    // By model; spans without one by name, as long as there are few names.
    private static Dictionary<TimelineSpan, int> Colours(IReadOnlyList<TimelineSpan> spans)
    {
        var names = spans.Where(span => span.Model is null).Select(span => span.Name).Distinct().ToList();
        return spans.ToDictionary(span => span, span => Palette.Index(span.Model, names.Count <= 4 ? names.IndexOf(span.Name) : 0));
    }

    private static double DrawLegend(Canvas canvas, IReadOnlyList<TimelineSpan> spans, Dictionary<TimelineSpan, int> colours, double y)
    {
        var entries = spans.Where(span => span.Model is not null).Select(span => (Colour: colours[span], Text: $"{span.Model}".ToLowerInvariant(), IsWaiting: false)).Distinct().Order().ToList();
        if (entries.Count > 0 && spans.FirstOrDefault(span => span.IsWaiting) is { } waiting)
            entries.Add((colours[waiting], "waiting", true));
        if (entries.Count < 2) return y;

        var x = Margin;
        y += 16;
        foreach (var (colour, text, isWaiting) in entries)
        {
            canvas.Mark($"M{N(x)} {N(y - 12)}h20v14h-20z", Palette.Fill(colour, isWaiting), text);
            canvas.Text(x + 26, y, text, muted: true, size: SmallFontSize);
            x += 26 + TextLayout.Width(text, SmallFontSize) + 18;
        }

        return y + 6;
    }

    private static string Describe(IReadOnlyList<TimelineSpan> spans, int lanes, double end) =>
        $"Timeline of {spans.Count} {(spans.Count == 1 ? "span" : "spans")} in {lanes} {(lanes == 1 ? "lane" : "lanes")} over {Quantity.Format(end, "s")}; "
        + $"{spans.Count(span => span.IsWaiting)} of them wait.";

    private static Table DataTable(IReadOnlyList<TimelineSpan> spans, long origin)
    {
        if (spans.Count <= 40)
        {
            return new(["span", "lane", "start", "end", "state"], [.. spans.Select(span => new[]
            {
                span.Name, span.Lane, Time(origin, span.StartTimestamp), Time(origin, span.EndTimestamp), span.IsWaiting ? "waiting" : "working",
            })]);
        }

        var lanes = spans.GroupBy(span => span.Lane).ToList();
        return new(["lane", "spans", "working", "waiting", "start", "end"], [.. lanes.Take(40).Select(lane => new[]
        {
            lane.Key, Quantity.Format(lane.Count(), ""), Sum(lane, waiting: false), Sum(lane, waiting: true),
            Time(origin, lane.Min(span => span.StartTimestamp)), Time(origin, lane.Max(span => span.EndTimestamp)),
        })], lanes.Count > 40 ? $"and {lanes.Count - 40} more lanes" : "");

        static string Sum(IEnumerable<TimelineSpan> lane, bool waiting) =>
            Quantity.Format(lane.Where(span => span.IsWaiting == waiting).Sum(span => span.Duration.TotalSeconds), "s");
    }

    private static string Time(long origin, long timestamp) => Quantity.Format(Seconds(origin, timestamp), "s");

    private static double Seconds(long origin, long timestamp) => Stopwatch.GetElapsedTime(origin, timestamp).TotalSeconds;
}
