namespace ConcurrencyNotebooks;

/// <summary>Spans of one kind, in seconds, in a lane, which is a thread or a process. Several kinds may share a lane.</summary>
internal sealed record ChartLane(
    string Name, IReadOnlyList<(double Start, double End, string Name)> Spans, ConcurrencyModel? Model = null, bool IsWaiting = false);

/// <summary>
/// Spans of time in lanes. Spans that overlap within a lane get rows of their own, so that none hides another. <c>Thinned</c> says in a
/// sentence what was left out; it is empty if nothing was.
/// </summary>
internal sealed record TimelineChart(IReadOnlyList<ChartLane> Lanes, string Thinned = "") : ChartContent
{
    private const int MostRows = 60, MostSpans = 800, MostKinds = 4;
    private const double Gap = 0.3; // Between lanes, as a share of a row.

    private readonly record struct Placed(
        string Lane, string Name, double Start, double End, ConcurrencyModel? Model, bool IsWaiting, int Row);

    public static TimelineChart Of(IReadOnlyList<TimelineSpan> spans)
    {
        if (spans.Count == 0) return new([]);
        var origin = spans.Min(span => span.StartTimestamp);
        var placed = Place(spans.Select(span => new Placed(
            TextLayout.Cut(span.Lane), TextLayout.Cut(span.Name).ReplaceLineEndings(" "), Seconds(span.StartTimestamp),
            Seconds(span.EndTimestamp), span.Model, span.IsWaiting, 0)));
        var (merged, within, end) = (placed, 0.0, placed.Max(span => span.End));
        while (merged.Count > MostSpans && within <= end)
        {
            within = within == 0 ? Math.Max(end, 1e-9) / Canvas.Width : within * 2;
            merged = [.. placed.GroupBy(span => span.Row).SelectMany(row => Merge([.. row], within))];
        }

        string[] thinned =
        [
            placed.Count == spans.Count ? ""
                : $"{spans.Count - placed.Count} spans that would need more than {MostRows} rows in a lane are not drawn.",
            within == 0 ? "" : $"{Quantity.Format(placed.Count, "")} spans are too many to draw each: neighbours within "
                + $"{Quantity.Format(within, "s")} share a mark, which has the colour of the longest.",
            merged.Count > MostSpans ? $"The first {MostSpans} marks are drawn." : "",
        ];
        var lanes = merged.OrderBy(span => span.Start).Take(MostSpans).GroupBy(span => (span.Lane, span.Model, span.IsWaiting))
            .Select(lane => new ChartLane(
                lane.Key.Lane, [.. lane.Select(span => (span.Start, span.End, span.Name))], lane.Key.Model, lane.Key.IsWaiting));
        return new([.. lanes], string.Join(' ', thinned.Where(sentence => sentence.Length > 0)));

        double Seconds(long timestamp) => Thinning.Short(Stopwatch.GetElapsedTime(origin, timestamp).TotalSeconds);
    }

    public override void Check() => Require(
        Lanes.All(lane => lane.Spans.All(span => span.Start >= 0 && span.Start <= span.End && span.End < 1e12)),
        "A span of a timeline begins before zero or ends before it begins.");

    public override Scene ToScene()
    {
        var spans = Place(Lanes.SelectMany(lane => lane.Spans.Select(span =>
            new Placed(lane.Name, span.Name, span.Start, span.End, lane.Model, lane.IsWaiting, 0))));
        var axis = new ChartAxis("time", "s");
        if (spans.Count == 0) return new("Timeline", axis, null, ToTable(spans, 0), []) { Notes = ["No span has ended yet."] };

        var (rows, names) = (new List<double>(), new List<(double, string)>());
        foreach (var lane in spans.GroupBy(span => span.Lane))
        {
            var (first, count) = (rows.Count + (names.Count * Gap), lane.DistinctBy(span => span.Row).Count());
            names.Add((first + ((count - 1) / 2.0), lane.Key));
            rows.AddRange(Enumerable.Range(0, count).Select(row => first + row));
        }

        var (end, waiting) = (spans.Max(span => span.End), spans.Count(span => span.IsWaiting));

        // By model; spans without one by name, as long as there are few names.
        var kinds = spans.Where(span => span.Model is null).Select(span => span.Name).Distinct().ToList();
        var groups = spans.GroupBy(span =>
        (
            span.Model,
            Kind: span.Model is { } model ? model.ToString().ToLowerInvariant() : kinds.Count <= MostKinds ? span.Name : "work",
            span.IsWaiting));
        return new(
            $"Timeline of {names.Count} lanes and {spans.Count} spans, of which {waiting} wait", axis, null, ToTable(spans, end),
        [
            new("", MarkForm.Bars, Palette.Grey, [.. rows.Select(row => new Mark(end, row, Share: 0.1))]) { Thickness = 1 },
            .. groups.Select(group => new MarkSeries(
                group.Key.Kind + (group.Key.IsWaiting ? ", waiting" : ""),
                MarkForm.Bars, Palette.Index(group.Key.Model, Math.Max(0, kinds.IndexOf(group.Key.Kind))),
                [.. group.Select(span => new Mark(span.End, rows[span.Row], span.Name, span.Start))])
            {
                IsWaiting = group.Key.IsWaiting,
                Hover = "%{text}<br>%{base:.4~s}s to %{x:.4~s}s",
            }),
        ])
        {
            Rows = names,
            RowHeight = Math.Clamp(900.0 / rows.Count, 3, 21),
            Notes = [Thinned],
            InWords = [.. spans.OrderBy(span => span.Start).Select(span =>
                $"{span.Name}: {Seconds(span.Start, end)} to {Seconds(span.End, end)}")],
        };
    }

    // The first row in which nothing is in the way: what is nested comes below what it is nested in. A lane has only so many rows.
    private static List<Placed> Place(IEnumerable<Placed> spans)
    {
        var lanes = new Dictionary<string, List<List<Placed>>>();
        foreach (var span in spans.OrderBy(span => span.Start).ThenByDescending(span => span.End))
        {
            if (!lanes.TryGetValue(span.Lane, out var rows)) lanes[span.Lane] = rows = [];
            if (rows.Find(row => row[^1].End <= span.Start) is not { } row) rows.Add(row = []);
            row.Add(span);
            if (rows.Count > MostRows) rows.RemoveAt(MostRows);
        }

        return [.. lanes.Values.SelectMany(rows => rows)
            .SelectMany((row, number) => row.Select(span => span with { Row = number }))];
    }

    private static IEnumerable<Placed> Merge(List<Placed> row, double within)
    {
        for (var i = 0; i < row.Count;)
        {
            var near = row.Skip(i + 1).TakeWhile(span => span.End - row[i].Start < within).Prepend(row[i]).ToList();
            i += near.Count;
            yield return near.Count == 1 ? near[0] : near.MaxBy(span => span.End - span.Start) with
            {
                Name = $"{near.Count} spans, {near[0].Name} to {near[^1].Name}",
                Start = near[0].Start,
                End = near[^1].End,
            };
        }
    }

    // All in the one unit that suits the last.
    private static string Seconds(double value, double end)
    {
        var (factor, suffix) = Quantity.UnitFor(end, "s");
        return $"{Quantity.Format(value * factor, "", digits: 4)} {suffix}";
    }

    private ResultTable ToTable(List<Placed> spans, double end) => new(
        ["span", "lane", "start", "end", "state"],
        [.. spans.OrderBy(span => span.Start).Select(span => new[]
        {
            span.Name, span.Lane, Seconds(span.Start, end), Seconds(span.End, end), span.IsWaiting ? "waiting" : "working",
        })],
        Thinned);
}
