namespace ConcurrencyNotebooks.Tests.Workloads;

public sealed class ManyWaitsTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(300);

    [Fact]
    public async Task Ten_thousand_awaited_waits_overlap()
    {
        var result = await Waits.ManyAsync(10_000, Wait);

        result.Count.Should().Be(10_000);
        result.Elapsed.Should().BeGreaterThan(Wait * 0.95).And.BeLessThan(Wait * 100, "in sequence they would take ten thousand times as long");
        result.MemoryBytes.Should().BeGreaterThan(10_000 * 50, "each waiting task is an object with a timer");
    }

    [Fact]
    public void Threads_that_wait_overlap()
    {
        var result = Waits.ManyThreads(200, Wait);

        result.Count.Should().Be(200);
        result.Elapsed.Should().BeGreaterThan(Wait * 0.95).And.BeLessThan(Wait * 100, "in sequence they would take two hundred times as long");
        result.MemoryBytes.Should().BeGreaterThan(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task At_least_one_is_wanted(int count)
    {
        FluentActions.Invoking(() => Waits.ManyThreads(count, Wait)).Should().Throw<ArgumentOutOfRangeException>();
        await FluentActions.Awaiting(() => Waits.ManyAsync(count, Wait)).Should().ThrowAsync<ArgumentOutOfRangeException>();
    }
}
