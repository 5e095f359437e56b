namespace ConcurrencyNotebooks.Tests.Workloads;

public sealed class PoolCallsTests
{
    [Theory]
    [InlineData(nameof(PoolCalls.Sleep))]
    [InlineData(nameof(PoolCalls.WaitForDelay))]
    [InlineData(nameof(PoolCalls.WaitForMethod))]
    [InlineData(nameof(PoolCalls.Await))]
    public void Every_way_ends_all_calls_and_is_looked_at_meanwhile(string name)
    {
        var way = typeof(PoolCalls).GetMethod(name)!.CreateDelegate<Func<int, PoolRun>>();

        var run = way(3);

        run.Times.Should().BeInAscendingOrder().And.HaveSameCount(run.Threads);
        run.Seconds.Should().BeGreaterThan(0.09).And.Be(run.Times[^1]); // a timer may be a little early
        run.MostThreads.Should().Be(run.Threads.Max()).And.BePositive();
    }

    [Fact]
    public void A_run_without_calls_is_refused()
    {
        var running = () => PoolCalls.Await(0);

        running.Should().Throw<ArgumentOutOfRangeException>();
    }
}
