using System.Collections.Concurrent;
using OutOfProcess;

namespace ConcurrencyNotebooks;

/// <summary>
/// Who ran when: spans of time on the threads of this process and of others. As the last value of a cell it draws
/// one lane per thread or process, with what waits paler than what works.
/// </summary>
/// <remarks>Any number of threads may record at once; recording a span takes well under a microsecond.</remarks>
/// <param name="title">The title of the chart.</param>
/// <example>
/// <code>
/// var timeline = new Timeline("Three tasks");
/// using (timeline.Span("task 1")) Cpu.SumOfSquares(1_000_000);
/// timeline
/// </code>
/// </example>
[TypeFormatterSource(typeof(OutputFormatterSource), PreferredMimeTypes = ["text/html", "text/plain", ChartSpec.MimeType])]
public sealed class Timeline(string title) : Picture
{
    // A queue and no lock: the threads that are being watched must not wait for each other here.
    private readonly ConcurrentQueue<TimelineSpan> _spans = new();

    /// <summary>The title of the chart.</summary>
    public string Title { get; } = title ?? throw new ArgumentNullException(nameof(title));

    /// <summary>The spans that have ended, by the time at which they began.</summary>
    public IReadOnlyList<TimelineSpan> Spans => [.. _spans.OrderBy(span => span.StartTimestamp)];

    /// <summary>Opens a span on this thread; disposing it records it. A span that is still open is not drawn.</summary>
    /// <param name="name">The label of the span.</param>
    /// <param name="model">The model that it shows, which gives it its colour.</param>
    /// <param name="waiting">Whether it waits: asleep, blocked, or awaiting an answer.</param>
    /// <param name="lane">A lane of its own choice, instead of one per thread.</param>
    public TimelineSpan Span(string name, ConcurrencyModel? model = null, bool waiting = false, string? lane = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        lane ??= $"thread {Environment.CurrentManagedThreadId}";
        return new(_spans.Enqueue, name, lane, model, waiting, Stopwatch.GetTimestamp(), 0);
    }

    /// <summary>Adds a span that another process of this machine recorded.</summary>
    /// <param name="name">The label of the span.</param>
    /// <param name="processId">The process, which has a lane of its own.</param>
    /// <param name="start">Its <see cref="Stopwatch.GetTimestamp"/> there: that clock is the machine's, so it needs no translation.</param>
    /// <param name="end">The timestamp at its end.</param>
    public void Add(string name, int processId, long start, long end) =>
        Add(name, $"process {processId}", ConcurrencyModel.Processes, isWaiting: false, start, end);

    /// <summary>Adds a call that a worker of a process pool has answered, in the lane of its process.</summary>
    /// <param name="call">The call; a pool gives each one to its <see cref="ProcessPoolOptions.CallEnded"/>.</param>
    /// <example>
    /// <code>
    /// var timeline = new Timeline("Four primes");
    /// await using (var pool = new ProcessPool(new ProcessPoolOptions { CallEnded = timeline.Add }))
    ///     await pool.MapAsync(Primes.IsPrime, new[] { 2, 3, 5, 7 });
    /// timeline
    /// </code>
    /// </example>
    public void Add(WorkerCall call) => Add(call.Call, call.Pid, call.StartTimestamp, call.EndTimestamp);

    internal void Add(string name, string lane, ConcurrencyModel? model, bool isWaiting, long start, long end)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (end < start)
        {
            throw new ArgumentException(
                $"'{name}' ends {Stopwatch.GetElapsedTime(end, start)} before it starts; give start and end in this order.", nameof(end));
        }

        _spans.Enqueue(new TimelineSpan(null, name, lane, model, isWaiting, start, end));
    }

    /// <summary>The largest number of spans that worked, or waited, at one moment.</summary>
    public int PeakConcurrency(bool waiting = false)
    {
        // At the same instant an end counts before a start: a relay race has one runner.
        var changes = _spans.Where(span => span.IsWaiting == waiting && span.EndTimestamp > span.StartTimestamp)
            .SelectMany(span => new[] { (At: span.StartTimestamp, Change: 1), (At: span.EndTimestamp, Change: -1) })
            .Order();
        int now = 0, peak = 0;
        foreach (var (_, change) in changes)
            peak = Math.Max(peak, now += change);
        return peak;
    }

    /// <inheritdoc/>
    public override ChartSpec ToSpec() => new(Title, TimelineChart.Of(Spans));
}
