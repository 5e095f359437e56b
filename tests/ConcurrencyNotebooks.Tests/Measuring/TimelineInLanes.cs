using System.Diagnostics;

namespace ConcurrencyNotebooks.Tests;

internal static class TimelineInLanes
{
    /// <summary>Adds a span of a lane with times that are counted from zero.</summary>
    public static void Add(
        this Timeline timeline, string name, string lane, TimeSpan start, TimeSpan end,
        ConcurrencyModel? model = null, bool waiting = false) =>
        timeline.Add(name, lane, model, waiting, Timestamp(start), Timestamp(end));

    private static long Timestamp(TimeSpan time) => Stopwatch.Frequency + (long)(time.TotalSeconds * Stopwatch.Frequency);
}
