using System.Diagnostics;

namespace ConcurrencyNotebooks;

/// <summary>Spans of time in lanes. Spans that overlap within a lane get rows of their own, so that none hides another.</summary>
/// <param name="Lanes">The spans, by lane and kind.</param>
/// <param name="Thinned">What was left out, in a sentence; empty if nothing was.</param>
internal sealed partial record TimelineChart(IReadOnlyList<ChartLane> Lanes, string Thinned = "") : ChartContent
{
    // More rows than this would be a wall and not a picture; about 70 bytes a span keep the picture below 100 kB.
    private const int MostRows = 120, MostSpans = 800;

    /// <summary>A span with its lane, and its row among all rows.</summary>
    internal readonly record struct Placed(string Lane, string Name, double Start, double End, ConcurrencyModel? Model, bool IsWaiting, int Row)
    {
        public double Length => End - Start;
    }

    public static TimelineChart Of(IReadOnlyList<TimelineSpan> spans)
    {
        if (spans.Count == 0) return new([]);
        var origin = spans.Min(span => span.StartTimestamp);
        var all = spans.Select(span => new Placed(
            TextLayout.Cut(span.Lane), TextLayout.Cut(span.Name).ReplaceLineEndings(" "), Seconds(span.StartTimestamp), Seconds(span.EndTimestamp),
            span.Model, span.IsWaiting, 0));
        var (placed, _, hidden) = Place(all);
        var merged = placed;
        var end = placed.Max(span => span.End);
        var within = 0.0;
        while (merged.Count > MostSpans)
        {
            within = within == 0 ? Math.Max(end, 1e-9) / Canvas.Width : within * 2;
            merged = [.. placed.GroupBy(span => span.Row).SelectMany(row => Merge([.. row], within))];
        }

        List<string> thinned = [];
        if (hidden > 0) thinned.Add($"{Quantity.Format(hidden, "")} spans that would need more than {MostRows} rows are not drawn.");
        if (within > 0)
        {
            thinned.Add($"{Quantity.Format(placed.Count, "")} spans are too many to draw each: neighbours within {Quantity.Format(within, "s")} share a mark, "
                + "which has the colour of the longest.");
        }

        var lanes = merged.OrderBy(span => span.Start).GroupBy(span => (span.Lane, span.Model, span.IsWaiting)).Select(group => new ChartLane(
            group.Key.Lane, [.. group.Select(span => (span.Start, span.End, span.Name))], group.Key.Model, group.Key.IsWaiting));
        return new([.. lanes], string.Join(' ', thinned));

        double Seconds(long timestamp) => Stopwatch.GetElapsedTime(origin, timestamp).TotalSeconds;
    }

    public override bool IsInteractive => Lanes.Count > 0;

    public override void Check()
    {
        Require(Lanes.Sum(lane => lane.Spans.Count) <= MostSpans, "A timeline has too many spans.");
        Require(
            Lanes.All(lane => lane.Spans.All(span => span.Start >= 0 && span.Start <= span.End && span.End < 1e12)),
            "A span of a timeline begins before zero or ends before it begins.");
    }

    public override Drawing Draw(string title, string subtitle) => new TimelinePainter(this).Draw(title, subtitle);

    /// <summary>The spans by their start, each with its row, and for each lane how many rows it has.</summary>
    internal (List<Placed> Spans, List<(string Name, int Rows)> Lanes) Rows()
    {
        var (spans, lanes, _) = Place(Lanes.SelectMany(lane => lane.Spans.Select(span =>
            new Placed(lane.Name, span.Name, span.Start, span.End, lane.Model, lane.IsWaiting, 0))));
        return (spans, lanes);
    }

    // By model; spans without one by name, as long as there are few names.
    internal static Func<Placed, int> Colours(IReadOnlyList<Placed> spans)
    {
        var names = spans.Where(span => span.Model is null).Select(span => span.Name).Distinct().ToList();
        return span => Palette.Index(span.Model, names.Count <= 4 ? names.IndexOf(span.Name) : 0);
    }

    /// <summary>The kinds of spans, for a legend; none where there is one kind only, or where a colour stands for many names.</summary>
    internal static List<(int Colour, string Text, bool IsWaiting)> Legend(IReadOnlyList<Placed> spans, Func<Placed, int> colours)
    {
        var named = spans.Select(span => (Colour: colours(span), Text: span.Model?.ToString().ToLowerInvariant() ?? span.Name)).Distinct();
        var legend = named.GroupBy(entry => entry.Colour).Where(group => group.Count() == 1)
            .Select(group => (group.Key, group.First().Text, IsWaiting: false)).Order().ToList();
        if (spans.Any(span => span.IsWaiting)) legend.Add((colours(spans.First(span => span.IsWaiting)), "waiting", true));
        return legend.Count > 1 ? legend : [];
    }

    // The first row in which nothing is in the way: what is nested comes below what it is nested in.
    private static (List<Placed> Spans, List<(string Name, int Rows)> Lanes, int Hidden) Place(IEnumerable<Placed> spans)
    {
        var sorted = spans.OrderBy(span => span.Start).ThenByDescending(span => span.End).ToList();
        var lanes = sorted.Select(span => span.Lane).Distinct().ToDictionary(name => name, _ => new List<List<Placed>>());
        var (rows, hidden) = (0, 0);
        foreach (var span in sorted)
        {
            var lane = lanes[span.Lane];
            var row = lane.Find(row => row[^1].End <= span.Start);
            if (row is null && rows >= MostRows)
            {
                hidden++;
                continue;
            }

            if (row is null)
            {
                lane.Add(row = []);
                rows++;
            }

            row.Add(span);
        }

        var numbered = lanes.Values.SelectMany(lane => lane).SelectMany((row, number) => row.Select(span => span with { Row = number }));
        return ([.. numbered], [.. lanes.Where(lane => lane.Value.Count > 0).Select(lane => (lane.Key, lane.Value.Count))], hidden);
    }

    private static IEnumerable<Placed> Merge(List<Placed> row, double within)
    {
        for (var i = 0; i < row.Count;)
        {
            var (first, longest, count) = (row[i], row[i], 1);
            for (i++; i < row.Count && row[i].End - first.Start < within; i++, count++)
                longest = row[i].Length > longest.Length ? row[i] : longest;
            yield return count == 1 ? first : longest with
            {
                Name = $"{count} spans, {first.Name} to {row[i - 1].Name}", Start = first.Start, End = row[i - 1].End,
            };
        }
    }

    internal static string Seconds(double value, double end)
    {
        // All in the one unit that suits the last.
        var (factor, suffix) = Quantity.UnitFor(end, "s");
        return $"{Quantity.Format(value * factor, "", digits: 4)} {suffix}";
    }

    internal Table DataTable(IReadOnlyList<Placed> spans)
    {
        var end = spans.Count > 0 ? spans.Max(span => span.End) : 0;
        if (spans.Count <= 40)
        {
            return new(["span", "lane", "start", "end", "state"], [.. spans.OrderBy(span => span.Start).Select(span => new[]
            {
                span.Name, span.Lane, Seconds(span.Start, end), Seconds(span.End, end), span.IsWaiting ? "waiting" : "working",
            })], Thinned);
        }

        return new Table(["lane", Thinned.Length > 0 ? "marks" : "spans", "working", "waiting", "start", "end"],
            [.. spans.GroupBy(span => span.Lane).Select(lane => new[]
            {
                lane.Key, Quantity.Format(lane.Count(), ""), Sum(lane, waiting: false), Sum(lane, waiting: true),
                Seconds(lane.Min(span => span.Start), end), Seconds(lane.Max(span => span.End), end),
            })], Thinned).Shortened();

        static string Sum(IEnumerable<Placed> lane, bool waiting) =>
            Quantity.Format(lane.Where(span => span.IsWaiting == waiting).Sum(span => span.Length), "s");
    }
}
