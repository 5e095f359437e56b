using System.Diagnostics;
using static ConcurrencyNotebooks.Canvas;

namespace ConcurrencyNotebooks;

/// <content>Which row each span gets, and which spans share a mark.</content>
internal static partial class TimelineChart
{
    // About 70 bytes each, in the page and in the picture: together they stay under 200 kB.
    private const int MostMarks = 1_100;

    private sealed record Lane(string Name, List<List<TimelineSpan>> Rows);

    private sealed record SpanMark(TimelineSpan First, TimelineSpan Last, TimelineSpan Longest, int Count, double From, double To, double Y)
    {
        public string Name => Count > 1 ? $"{Count} spans, {First.Name} to {Last.Name}" : First.IsWaiting ? $"{First.Name} waits" : First.Name;
    }

    // The first row in which nothing is in the way: what is nested comes below what it is nested in.
    private static (List<Lane> Lanes, int Hidden) Lanes(IReadOnlyList<TimelineSpan> spans)
    {
        var lanes = spans.Select(span => span.Lane).Distinct().ToDictionary(name => name, name => new Lane(name, []));
        var (rows, hidden) = (0, 0);
        foreach (var span in spans.OrderBy(span => span.StartTimestamp).ThenByDescending(span => span.EndTimestamp))
        {
            var lane = lanes[span.Lane];
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

        return ([.. lanes.Values.Where(lane => lane.Rows.Count > 0)], hidden);
    }

    // Spans thinner than a pixel become one mark with their neighbours: nothing visible is lost. Where that is not enough
    // to keep the picture small, so do those closer than 2, 4, … pixels, and the chart says so.
    private static (List<SpanMark> Marks, double Coarseness) Marks(List<Lane> lanes, Scale scale, Clock clock, double thickness, double gap)
    {
        for (var coarseness = 1.0; ; coarseness *= 2)
        {
            var marks = new List<SpanMark>();
            var y = thickness / 2;
            foreach (var lane in lanes)
            {
                foreach (var row in lane.Rows)
                {
                    Merge(row, y, coarseness);
                    y += thickness + 1;
                }

                y += gap;
            }

            if (marks.Count <= MostMarks || coarseness > Width) return (marks, coarseness);

            void Merge(List<TimelineSpan> row, double y, double within)
            {
                for (var i = 0; i < row.Count;)
                {
                    var (first, last, longest, count) = (row[i], row[i], row[i], 1);
                    var from = scale.At(clock.Seconds(first.StartTimestamp));
                    for (i++; i < row.Count && scale.At(clock.Seconds(row[i].EndTimestamp)) - from < within; i++, count++)
                        (last, longest) = (row[i], row[i].Duration > longest.Duration ? row[i] : longest);
                    marks.Add(new(first, last, longest, count, from, scale.At(clock.Seconds(last.EndTimestamp)), y));
                }
            }
        }
    }

    /// <summary>Counts from the first span, in the one unit that suits the last.</summary>
    private sealed record Clock(long Origin, long End)
    {
        private readonly (double Factor, string Suffix) _unit = Quantity.UnitFor(Stopwatch.GetElapsedTime(Origin, End).TotalSeconds, "s");

        public double Seconds(long timestamp) => Stopwatch.GetElapsedTime(Origin, timestamp).TotalSeconds;

        public string Time(long timestamp) => $"{In(timestamp)} {_unit.Suffix}";

        public string Range(long start, long end) => $"{In(start)}–{In(end)} {_unit.Suffix}";

        private string In(long timestamp) => Quantity.Format(Seconds(timestamp) * _unit.Factor, "", digits: 4);
    }
}
