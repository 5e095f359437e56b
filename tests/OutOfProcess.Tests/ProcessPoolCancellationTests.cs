namespace OutOfProcess.Tests;

/// <summary>Tokens and timeouts.</summary>
public sealed class ProcessPoolCancellationTests : ProcessPoolTest
{
    [Fact]
    public async Task Cancelling_a_queued_call_removes_it()
    {
        using var gate = new Gate();
        using var cancellation = new CancellationTokenSource();
        await using var pool = new ProcessPool(1);
        var running = pool.RunAsync(RemoteWork.WaitAtGate, gate.Path, 1);
        await gate.BegunAsync();
        var pid = pool.Workers.Single().Pid;
        var cancelled = Enumerable.Range(0, 200).Select(_ =>
            pool.RunAsync(RemoteWork.Append, gate.NameOf("ran"), "x", cancellation.Token)).ToList();
        var after = pool.RunAsync(RemoteWork.Negate, 5);

        await cancellation.CancelAsync();

        cancelled.Should().OnlyContain(task => task.IsCanceled, "the worker has begun none of them");
        gate.Open();
        (await running.InTime()).Should().Be(1);
        (await after.InTime()).Should().Be(-5);
        File.Exists(gate.NameOf("ran")).Should().BeFalse();
        pool.Workers.Single().Pid.Should().Be(pid, "nothing was running that had to be killed");
    }

    [Fact]
    public async Task A_running_call_that_watches_its_token_ends_by_itself_and_its_worker_lives()
    {
        using var gate = new Gate();
        using var cancellation = new CancellationTokenSource();
        await using var pool = new ProcessPool(1);
        var running = pool.RunAsync(RemoteWork.WaitAtGateUnderToken, gate.Path, cancellation.Token);
        await gate.BegunAsync();
        var pid = pool.Workers.Single().Pid;

        await cancellation.CancelAsync();

        var awaiting = () => running.InTime();
        (await awaiting.Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(cancellation.Token);
        (await pool.RunAsync(RemoteWork.ProcessId)).Should().Be(pid);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_two_tokens_either_cancels_the_call_and_is_the_one_that_the_error_names(bool second)
    {
        using var gate = new Gate();
        using var argument = new CancellationTokenSource();
        using var ours = new CancellationTokenSource();
        await using var pool = new ProcessPool(1);
        var running = pool.RunAsync(RemoteWork.WaitAtGateUnderToken, gate.Path, argument.Token, ours.Token);
        await gate.BegunAsync();

        var cancelled = second ? ours : argument;
        await cancelled.CancelAsync();

        var awaiting = () => running.InTime();
        (await awaiting.Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(cancelled.Token);
    }

    [Fact]
    public async Task Calls_leave_nothing_behind_in_tokens_that_live_on()
    {
        const int Calls = 5000;
        using var argument = new CancellationTokenSource();
        using var ours = new CancellationTokenSource();
        await using var pool = new ProcessPool(1);
        async Task RunAsync() => await Task.WhenAll(Enumerable.Range(0, Calls).Select(number =>
            pool.RunAsync(RemoteWork.NegateUnderToken, number, argument.Token, ours.Token)));
        await RunAsync();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await RunAsync();

        var left = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Calls;
        left.Should().BeLessThan(50, "bytes per call; a registration or a linked source would be more");
    }

    [Fact]
    public async Task A_running_call_that_ignores_its_token_is_ended_with_its_worker()
    {
        using var gate = new Gate();
        using var cancellation = new CancellationTokenSource();
        await using var pool = new ProcessPool(new ProcessPoolOptions { Workers = 1, CancellationGrace = TimeSpan.FromMilliseconds(50) });
        var running = pool.RunAsync(RemoteWork.IgnoreToken, gate.Path, cancellation.Token);
        var next = Enumerable.Range(0, 10).Select(number => pool.RunAsync(RemoteWork.Negate, number)).ToList();
        await gate.BegunAsync();

        await cancellation.CancelAsync();

        var awaiting = () => running.InTime();
        (await awaiting.Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(cancellation.Token);
        (await Task.WhenAll(next).InTime()).Should().Equal(Enumerable.Range(0, 10).Select(number => -number));
    }

    [Fact]
    public async Task A_spinning_call_without_a_token_is_ended_at_once()
    {
        using var gate = new Gate();
        using var cancellation = new CancellationTokenSource();
        await using var pool = new ProcessPool(1);
        var running = pool.RunAsync(RemoteWork.SpinForEver, gate.Path, cancellation.Token);
        await gate.BegunAsync();

        await cancellation.CancelAsync();

        running.IsCanceled.Should().BeTrue();
        (await pool.RunAsync(RemoteWork.Negate, 1).InTime()).Should().Be(-1);
    }

    [Fact]
    public async Task A_cancel_that_arrives_as_its_task_ends_never_hits_the_next_one()
    {
        await using var pool = new ProcessPool(2);
        var random = new Random(2);
        for (var round = 0; round < 300; round++)
        {
            using var cancellation = new CancellationTokenSource();
            var cancelled = pool.RunAsync(RemoteWork.Negate, 1, cancellation.Token);
            var next = Enumerable.Range(0, 3).Select(number => pool.RunAsync(RemoteWork.Negate, number)).ToList();

            Thread.SpinWait(random.Next(5000));
            await cancellation.CancelAsync();

            (await Task.WhenAll(next).InTime()).Should().Equal(0, -1, -2);
            await cancelled.ContinueWith(_ => { }, TaskScheduler.Default).InTime();
            cancelled.IsFaulted.Should().BeFalse("it ended in time or was cancelled");
        }
    }

    [Fact]
    public async Task A_storm_of_cancellations_leaves_right_results_or_cancelled_calls()
    {
        await using var pool = new ProcessPool(2);
        var sources = Enumerable.Range(0, 50).Select(_ => new CancellationTokenSource()).ToList();
        var calls = Enumerable.Range(0, 5000).Select(number =>
            (Number: number, Task: pool.RunAsync(RemoteWork.Negate, number, sources[number % 50].Token))).ToList();

        await Parallel.ForEachAsync(sources.Where((_, index) => index % 2 == 0), async (source, _) => await source.CancelAsync());
        await Task.WhenAll(calls.Select(call => (Task)call.Task.ContinueWith(_ => { }, TaskScheduler.Default))).InTime();

        calls.Should().OnlyContain(call => call.Task.IsCanceled || call.Task.Result == -call.Number);
        calls.Where(call => call.Number % 2 == 1).Should().OnlyContain(call => call.Task.IsCompletedSuccessfully, "nobody cancelled these");
        sources.ForEach(source => source.Dispose());
    }

    [Fact]
    public async Task A_timeout_counts_from_the_start_of_the_task_and_not_from_its_submission()
    {
        using var gate = new Gate();
        await using var pool = new ProcessPool(new ProcessPoolOptions { Workers = 1, TaskTimeout = TimeSpan.FromSeconds(3) });
        var started = Environment.TickCount64;
        var spinning = pool.RunAsync(RemoteWork.SpinForEver, gate.Path);
        var waiting = pool.RunAsync(RemoteWork.WaitAtGate, gate.NameOf("second"), 7);

        var awaiting = () => spinning.InTime();
        var error = (await awaiting.Should().ThrowAsync<TaskTimeoutException>()).Which;

        // It has waited for as long as it may run, and still has all its time.
        (Environment.TickCount64 - started).Should().BeGreaterThanOrEqualTo(3000 - 20);
        await Eventually.TrueAsync(() => File.Exists(gate.NameOf("second.began")), "the second has begun");
        File.WriteAllText(gate.NameOf("second.open"), "");
        (await waiting.InTime()).Should().Be(7);
        error.Message.Should().Match("RemoteWork.SpinForEver(*had not returned 3 s after worker 1 (pid *) began it*");
        error.Timeout.Should().Be(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task A_map_is_cancelled_with_the_callers_token()
    {
        using var gate = new Gate();
        using var cancellation = new CancellationTokenSource();
        await using var pool = new ProcessPool(1);
        var map = pool.MapAsync(RemoteWork.SpinForEver, [gate.Path, gate.Path], cancellation.Token);
        await gate.BegunAsync();

        await cancellation.CancelAsync();

        var awaiting = () => map.InTime();
        (await awaiting.Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(cancellation.Token);
    }
}
