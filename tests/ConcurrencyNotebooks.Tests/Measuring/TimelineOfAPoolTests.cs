using OutOfProcess;

namespace ConcurrencyNotebooks.Tests;

public sealed class TimelineOfAPoolTests
{
    [Fact]
    public async Task A_timeline_shows_each_call_of_a_process_pool_in_the_lane_of_its_process()
    {
        var timeline = new Timeline("pool");
        await using (var pool = new ProcessPool(new ProcessPoolOptions { Workers = 2, CallEnded = timeline.Add }))
            await Task.WhenAll(Enumerable.Range(0, 10).Select(number => pool.RunAsync(PoolTasks.Square, number)));

        timeline.Spans.Should().HaveCount(10);
        timeline.Spans.Should().OnlyContain(span =>
            span.Lane.StartsWith("process ") && span.Lane != $"process {Environment.ProcessId}"
            && span.Name.StartsWith("PoolTasks.Square("));
    }
}
