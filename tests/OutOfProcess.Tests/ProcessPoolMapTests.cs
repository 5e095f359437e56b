namespace OutOfProcess.Tests;

/// <summary>Maps over sources that are slow, long or broken.</summary>
public sealed class ProcessPoolMapTests : ProcessPoolTest
{
    [Fact]
    public async Task A_map_that_is_cancelled_does_not_wait_for_a_source_that_gives_nothing_more()
    {
        using var never = new ManualResetEventSlim();
        using var asked = new ManualResetEventSlim();
        using var cancellation = new CancellationTokenSource();
        await using var pool = new ProcessPool(1);
        var map = pool.MapAsync(RemoteWork.Negate, Source(), cancellation.Token);
        asked.Wait(TimeSpan.FromMinutes(1)).Should().BeTrue();

        await cancellation.CancelAsync();

        var awaiting = () => map.InTime();
        (await awaiting.Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(cancellation.Token);
        never.Set();

        IEnumerable<int> Source()
        {
            yield return 1;
            asked.Set();
            never.Wait(TimeSpan.FromMinutes(2));
        }
    }

    [Fact]
    public async Task An_array_of_a_derived_type_is_a_source_too()
    {
        await using var pool = new ProcessPool(2);
        string[] texts = ["a", "bb", "ccc"];

        (await pool.MapAsync<object, int>(RemoteWork.TakeObject, texts).InTime()).Should().Equal(1, 1, 1);
    }

    [Fact]
    public async Task A_thread_that_blocks_for_a_map_and_for_the_end_of_its_pool_is_not_needed_for_them()
    {
        var blocking = Task.Factory.StartNew(() =>
        {
            SynchronizationContext.SetSynchronizationContext(new BlockedContext());
            var pool = new ProcessPool(1);
            var results = pool.MapAsync(RemoteWork.Negate, [1, 2]).GetAwaiter().GetResult();
            pool.DisposeAsync().AsTask().GetAwaiter().GetResult();
            return results;
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        (await blocking.InTime()).Should().Equal(-1, -2);
    }

    [Fact]
    public async Task What_the_source_throws_reaches_the_caller()
    {
        await using var pool = new ProcessPool(1);

        var mapping = () => pool.MapAsync(RemoteWork.Negate, Source()).InTime();

        (await mapping.Should().ThrowAsync<FormatException>()).WithMessage("no more");

        static IEnumerable<int> Source()
        {
            yield return 1;
            yield return 2;
            throw new FormatException("no more");
        }
    }

    [Fact]
    public async Task A_source_of_many_items_that_is_no_list_gives_all_results_in_order()
    {
        await using var pool = new ProcessPool(2);

        var results = await pool.MapAsync(RemoteWork.Negate, Enumerable.Range(0, 200_000).Where(number => number % 2 == 0)).InTime();

        results.Should().Equal(Enumerable.Range(0, 100_000).Select(number => -2 * number));
    }

    // As that of a window while its thread waits.
    private sealed class BlockedContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
        }
    }
}
