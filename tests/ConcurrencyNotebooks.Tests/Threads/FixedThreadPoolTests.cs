namespace ConcurrencyNotebooks.Tests.Threads;

public sealed class FixedThreadPoolTests
{
    [Fact]
    public async Task As_many_blocking_calls_run_at_once_as_there_are_threads()
    {
        // Nobody passes before all 100 are there: this ends only if none of them waits in the queue.
        using var together = new Barrier(100);
        await using var pool = new FixedThreadPool(100);

        var passed = await pool.MapAsync(_ => together.SignalAndWait(TimeSpan.FromMinutes(1)), Enumerable.Range(0, 100));

        passed.Should().OnlyContain(inTime => inTime);
    }

    [Fact]
    public async Task No_more_calls_run_at_once_than_there_are_threads()
    {
        var running = 0;
        var most = 0;
        await using var pool = new FixedThreadPool(3);

        await pool.MapAsync(_ =>
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            Thread.Yield();
            Interlocked.Decrement(ref running);
            return now;
        }, Enumerable.Range(0, 1000));

        most.Should().BeInRange(1, 3);
    }

    [Fact]
    public async Task Its_threads_are_numbered_and_do_not_keep_the_process_alive()
    {
        await using var pool = new FixedThreadPool(1);

        var (name, isBackground, isPoolThread) = await pool.SubmitAsync(
            () => (Thread.CurrentThread.Name, Thread.CurrentThread.IsBackground, Thread.CurrentThread.IsThreadPoolThread));

        name.Should().Be("pool-1");
        isBackground.Should().BeTrue();
        isPoolThread.Should().BeFalse();
    }

    [Fact]
    public async Task One_thread_works_in_the_order_of_submission()
    {
        var order = new List<int>();
        await using (var pool = new FixedThreadPool(1))
        {
            for (var i = 0; i < 100; i++)
            {
                var number = i;
                _ = pool.SubmitAsync(() => order.Add(number));
            }
        }

        order.Should().Equal(Enumerable.Range(0, 100));
    }

    [Fact]
    public async Task Cancelled_work_leaves_the_queue_and_work_that_runs_goes_on()
    {
        using var gate = new ManualResetEventSlim();
        using var begun = new ManualResetEventSlim();
        using var cancellation = new CancellationTokenSource();
        await using var pool = new FixedThreadPool(1);
        var running = pool.SubmitAsync(() => { begun.Set(); gate.Wait(); return "done"; }, cancellation.Token);
        begun.Wait();
        var queued = Enumerable.Range(0, 10).Select(i => pool.SubmitAsync(() => i, cancellation.Token)).ToList();

        await cancellation.CancelAsync();

        queued.Should().OnlyContain(task => task.IsCanceled);
        running.IsCompleted.Should().BeFalse();
        gate.Set();
        (await running).Should().Be("done");
    }

    [Fact]
    public async Task Work_that_watches_the_callers_token_ends_as_cancelled_and_not_as_failed()
    {
        using var cancellation = new CancellationTokenSource();
        await using var pool = new FixedThreadPool(1);
        var work = pool.SubmitAsync(() =>
        {
            cancellation.Cancel();
            cancellation.Token.ThrowIfCancellationRequested();
        }, cancellation.Token);

        var awaiting = () => work;

        await awaiting.Should().ThrowAsync<OperationCanceledException>();
        work.IsCanceled.Should().BeTrue();
    }

    [Fact]
    public async Task A_cancellation_and_a_thread_never_both_get_the_same_work()
    {
        await using var pool = new FixedThreadPool(2);
        for (var round = 0; round < 500; round++)
        {
            using var cancellation = new CancellationTokenSource();
            using var together = new Barrier(2);
            var ran = false;
            var blocker = pool.SubmitAsync(() => { together.SignalAndWait(); });
            var contested = pool.SubmitAsync(() => { ran = true; return 1; }, cancellation.Token);

            together.SignalAndWait();
            await cancellation.CancelAsync();
            await blocker;
            await Task.WhenAny(contested);

            (contested.IsCompletedSuccessfully ^ contested.IsCanceled).Should().BeTrue();
            ran.Should().Be(contested.IsCompletedSuccessfully);
        }
    }

    [Fact]
    public async Task After_a_failure_a_map_takes_no_more_items_and_leaves_out_what_is_in_the_queue()
    {
        var running = 0;
        var left = new List<int>();
        await using var pool = new FixedThreadPool(2);

        var mapping = () => pool.MapAsync(
            number =>
            {
                Interlocked.Increment(ref running);
                Thread.Sleep(1);
                Interlocked.Decrement(ref running);
                if (number == 10) throw new InvalidOperationException("the first");
                lock (left) left.Add(number);
                return number;
            },
            Endless());

        await mapping.Should().ThrowAsync<InvalidOperationException>().WithMessage("the first");
        running.Should().Be(0, "a map has ended when its calls have");
        var atTheEnd = left.Count;
        await pool.SubmitAsync(() => 0);
        left.Should().HaveCount(atTheEnd);
    }

    [Fact]
    public async Task A_map_reads_its_items_only_as_there_is_room()
    {
        var (done, ahead) = (0, 0);
        await using var pool = new FixedThreadPool(2);

        var results = await pool.MapAsync(
            number =>
            {
                Interlocked.Increment(ref done);
                return number;
            },
            Endless().Take(500).Select(number =>
            {
                ahead = Math.Max(ahead, number + 1 - Volatile.Read(ref done));
                return number;
            }));

        results.Should().Equal(Enumerable.Range(0, 500));
        ahead.Should().BeLessThanOrEqualTo(2 * 2 + 1, "two a thread, and the one that is being handed over");
    }

    [Fact]
    public async Task Items_that_fail_half_way_end_a_map_when_its_calls_have_ended()
    {
        var running = 0;
        await using var pool = new FixedThreadPool(2);

        var mapping = () => pool.MapAsync(
            _ =>
            {
                Interlocked.Increment(ref running);
                Thread.Sleep(1);
                return Interlocked.Decrement(ref running);
            },
            Endless().Select(number => number == 10 ? throw new InvalidOperationException("no more items") : number));

        await mapping.Should().ThrowAsync<InvalidOperationException>().WithMessage("no more items");
        running.Should().Be(0);
    }

    private static IEnumerable<int> Endless()
    {
        for (var number = 0; ; number++) yield return number;
    }

    [Fact]
    public async Task A_continuation_that_blocks_does_not_hold_up_the_pool()
    {
        using var begin = new ManualResetEventSlim();
        using var gate = new ManualResetEventSlim();
        using var blocked = new ManualResetEventSlim();
        await using var pool = new FixedThreadPool(1);
        var first = pool.SubmitAsync(() => { begin.Wait(); return 1; });
        var continuation = first.ContinueWith(
            _ => { blocked.Set(); gate.Wait(); },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

        begin.Set();
        blocked.Wait();
        var second = await pool.SubmitAsync(() => 2);

        second.Should().Be(2);
        gate.Set();
        await continuation;
    }

    [Fact]
    public async Task What_flows_with_the_caller_flows_to_its_work()
    {
        var cell = new AsyncLocal<string>();
        await using var pool = new FixedThreadPool(1);

        cell.Value = "first";
        var first = pool.SubmitAsync(() => cell.Value);
        cell.Value = "second";
        var second = pool.SubmitAsync(() => cell.Value);

        (await first, await second).Should().Be(("first", "second"));
    }

    [Fact]
    public async Task Its_own_work_cannot_dispose_of_it()
    {
        await using var pool = new FixedThreadPool(1);

        var disposing = () => pool.SubmitAsync(() => { _ = pool.DisposeAsync().AsTask(); });

        await disposing.Should().ThrowAsync<InvalidOperationException>().WithMessage("*pool-1*wait for this very work*");
    }

    [Fact]
    public async Task The_message_after_disposing_says_what_to_do()
    {
        var pool = new FixedThreadPool(1);
        await pool.DisposeAsync();

        var submitting = () => pool.SubmitAsync(() => 1);

        await submitting.Should().ThrowAsync<ObjectDisposedException>().WithMessage("*disposed*await using*create another pool*");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_pool_has_at_least_one_thread(int threads)
    {
        var creating = () => new FixedThreadPool(threads);

        creating.Should().Throw<ArgumentOutOfRangeException>().WithParameterName(nameof(threads));
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
            Interlocked.CompareExchange(ref most, value, seen);
    }
}
