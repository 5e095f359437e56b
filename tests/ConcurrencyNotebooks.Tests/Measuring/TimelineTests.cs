using System.Diagnostics;
using System.Xml.Linq;

namespace ConcurrencyNotebooks.Tests;

public sealed class TimelineTests
{
    [Fact]
    public void A_span_is_recorded_when_it_is_disposed_and_only_once()
    {
        var timeline = new Timeline("t");
        var span = timeline.Span("work", ConcurrencyModel.Threads, waiting: true);
        timeline.Spans.Should().BeEmpty();

        span.Dispose();
        span.Dispose();

        var recorded = timeline.Spans.Should().ContainSingle().Subject;
        (recorded.Name, recorded.Model, recorded.IsWaiting).Should().Be(("work", ConcurrencyModel.Threads, true));
        recorded.Lane.Should().Be($"thread {Environment.CurrentManagedThreadId}");
    }

    [Fact]
    public void A_span_belongs_to_the_thread_on_which_it_began()
    {
        var timeline = new Timeline("t");
        var span = timeline.Span("work");
        var other = new Thread(span.Dispose);

        other.Start();
        other.Join();

        timeline.Spans[0].Lane.Should().Be($"thread {Environment.CurrentManagedThreadId}").And.NotBe($"thread {other.ManagedThreadId}");
    }

    [Fact]
    public void Many_threads_can_record_at_once_without_losing_a_span()
    {
        const int threads = 8, each = 2_000;
        var timeline = new Timeline("t");
        using var start = new Barrier(threads);
        var workers = Enumerable.Range(0, threads).Select(_ => new Thread(() =>
        {
            start.SignalAndWait();
            for (var i = 0; i < each; i++) timeline.Span("work").Dispose();
        })).ToList();

        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());

        timeline.Spans.Should().HaveCount(threads * each).And.BeInAscendingOrder(span => span.StartTimestamp);
        timeline.Spans.GroupBy(span => span.Lane).Should().HaveCount(threads).And.OnlyContain(lane => lane.Count() == each);
    }

    [Fact]
    public void Spans_of_another_process_come_on_the_clock_of_the_machine()
    {
        var timeline = new Timeline("t");
        var now = Stopwatch.GetTimestamp();

        timeline.Add("task", 4_194_305, now, now + Stopwatch.Frequency);

        var span = timeline.Spans.Should().ContainSingle().Subject;
        (span.Lane, span.Duration, span.Model).Should().Be(("process 4194305", TimeSpan.FromSeconds(1), ConcurrencyModel.Processes));
        timeline.Invoking(t => t.Add("backwards", 1, now, now - 1)).Should().Throw<ArgumentException>()
            .WithMessage("'backwards' ends * before it starts*");
    }

    [Fact]
    public void Peak_concurrency_counts_what_worked_at_one_moment_and_not_what_took_over()
    {
        var timeline = new Timeline("t");
        Add(timeline, "a", "one", 0, 10);
        Add(timeline, "b", "two", 10, 20);
        timeline.PeakConcurrency().Should().Be(1, "one begins when the other has ended");

        Add(timeline, "c", "three", 5, 15);
        Add(timeline, "d", "four", 5, 15, waiting: true);

        timeline.PeakConcurrency().Should().Be(2);
        timeline.PeakConcurrency(waiting: true).Should().Be(1);
    }

    [Fact]
    public void Spans_that_overlap_in_one_lane_do_not_hide_each_other()
    {
        var timeline = new Timeline("t");
        Add(timeline, "outer", "lane", 0, 100);
        Add(timeline, "inner", "lane", 10, 50);
        Add(timeline, "innermost", "lane", 20, 30);
        Add(timeline, "overlapping", "lane", 40, 120);
        Add(timeline, "after", "lane", 120, 130);

        var tops = Tops(timeline);

        tops["outer"].Should().BeLessThan(tops["inner"]);
        tops["inner"].Should().BeLessThan(tops["innermost"]);
        tops["overlapping"].Should().NotBe(tops["outer"]).And.NotBe(tops["inner"]);
        tops["after"].Should().Be(tops["outer"], "there is room again in the first row");
    }

    [Fact]
    public void What_waits_differs_from_what_works_in_texture_too()
    {
        var timeline = new Timeline("t");
        Add(timeline, "task", "lane", 0, 10);
        Add(timeline, "task", "lane", 10, 20, waiting: true);

        var patterns = XElement.Parse(timeline.ToSvg()).Descendants().Where(element => element.Name.LocalName == "pattern").ToList();

        patterns.Should().HaveCount(2);
        patterns.Should().ContainSingle(
            pattern => pattern.Elements().First().Attribute("fill-opacity") != null && pattern.Elements().Count() == 2,
            "waiting is pale and hatched");
    }

    [Fact]
    public void Of_very_many_spans_neighbours_share_a_mark_that_counts_them_and_the_chart_says_so()
    {
        var timeline = new Timeline("t");
        Add(timeline, "long", "other lane", 0, 1000);
        for (var i = 0; i < 1000; i++) Add(timeline, $"turn {i}", "lane", i * 0.001, i * 0.001 + 0.001);

        timeline.ToString().Should().Contain("1000 spans, turn 0 to turn 999");
        timeline.ToSvg().Should().Contain("1,001 spans are too many to draw each");
    }

    [Fact]
    public void More_overlapping_spans_than_there_is_room_for_are_counted_and_not_dropped_silently()
    {
        var timeline = new Timeline("t");
        for (var i = 0; i < 1_000; i++) Add(timeline, $"wait {i}", "event loop", 0, 100, waiting: true);

        timeline.ToSvg().Should().Contain("940 spans that would need more than 60 rows");
        timeline.ToString().Should().Contain("940 spans that would need more than 60 rows");
    }

    private static Dictionary<string, double> Tops(Timeline timeline) =>
        timeline.ToSpec().Scene.Marks.Where(mark => mark.Label.Length > 0).ToDictionary(mark => mark.Label, mark => mark.Y);

    private static void Add(Timeline timeline, string name, string lane, double start, double end, bool waiting = false) =>
        timeline.Add(name, lane, Ms(start), Ms(end), waiting: waiting);

    private static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
