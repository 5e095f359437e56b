namespace OutOfProcess.Tests;

/// <summary>Maps over sources that are slow, endless or broken, and loops that are slow to take the results.</summary>
public sealed class ProcessPoolMapTests : ProcessPoolTest
{
    [Fact]
    public async Task A_result_comes_although_the_source_waits_for_it_before_it_gives_the_next_item()
    {
        using var received = new SemaphoreSlim(0);
        await using var pool = new ProcessPool(2);
        var results = new List<int>();

        await foreach (var result in pool.MapAsCompletedAsync(RemoteWork.Negate, Source()))
        {
            results.Add(result);
            received.Release();
        }

        results.Should().Equal(0, -1, -2, -3, -4);

        IEnumerable<int> Source()
        {
            for (var i = 0; i < 5; i++)
            {
                yield return i;
                received.Wait(TimeSpan.FromMinutes(1)).Should().BeTrue("the result should come before the next item is asked for");
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_000_000)]
    public async Task A_slow_loop_holds_an_endless_source_back(int bytes)
    {
        await using var pool = new ProcessPool(2);
        var taken = 0;
        var got = 0;

        await foreach (var result in pool.MapAsCompletedAsync(RemoteWork.MakeBytes, Endless()))
        {
            result.Should().HaveCount(bytes);

            // As slow as can be: nothing more is done until the next result is taken.
            await AllReadyAsync(pool);
            Volatile.Read(ref taken).Should().BeLessThan(100 + (10 * got));
            if (++got == 10)
                break;
        }

        IEnumerable<int> Endless()
        {
            while (true)
            {
                Interlocked.Increment(ref taken);
                yield return bytes;
            }
        }
    }

    [Fact]
    public async Task A_loop_that_breaks_does_not_wait_for_a_source_that_gives_nothing_more()
    {
        using var never = new ManualResetEventSlim();
        await using var pool = new ProcessPool(1);

        async Task TakeOneAsync()
        {
            await foreach (var result in pool.MapAsCompletedAsync(RemoteWork.Negate, Source()))
            {
                result.Should().Be(-1);
                break;
            }
        }

        await TakeOneAsync().InTime();
        never.Set();

        IEnumerable<int> Source()
        {
            yield return 1;
            never.Wait(TimeSpan.FromMinutes(2));
        }
    }

    [Fact]
    public async Task What_the_source_throws_reaches_the_caller_after_the_results_before_it()
    {
        await using var pool = new ProcessPool(1);
        var results = new List<int>();

        async Task TakeAllAsync()
        {
            await foreach (var result in pool.MapAsCompletedAsync(RemoteWork.Negate, Source()))
                results.Add(result);
        }

        var taking = () => TakeAllAsync().InTime();
        var mapping = () => pool.MapAsync(RemoteWork.Negate, Source()).InTime();

        (await taking.Should().ThrowAsync<FormatException>()).WithMessage("no more");
        await mapping.Should().ThrowAsync<FormatException>();
        results.Should().BeEquivalentTo([-1, -2]);

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
}
