namespace OutOfProcess.Tests;

/// <summary>Tasks that throw, and workers that die.</summary>
public sealed class ProcessPoolFailureTests : ProcessPoolTest
{
    [Fact]
    public async Task A_task_that_throws_gives_type_message_and_remote_stack_to_its_caller_and_leaves_others_alone()
    {
        await using var pool = new ProcessPool(1);
        var others = Enumerable.Range(0, 10).Select(number => pool.RunAsync(RemoteWork.Negate, number)).ToList();

        var failing = () => pool.RunAsync(RemoteWork.ThrowDeep, "not a number");

        var error = (await failing.Should().ThrowAsync<RemoteTaskException>()).Which;
        error.TypeName.Should().Be("System.InvalidOperationException");
        error.RemoteMessage.Should().Be("outer");
        error.Message.Should().Match(
            "RemoteWork.ThrowDeep(\"not a number\") threw System.InvalidOperationException in worker 1 (pid *): outer");
        error.InnerException!.ToString().Should().Contain("System.FormatException: not a number").And.Contain("RemoteWork.Inner");
        error.InnerException.StackTrace.Should().Contain("RemoteWork.ThrowDeep")
            .And.NotContain("OutOfProcess.Worker", "the worker's own frames tell nothing");
        (await Task.WhenAll(others)).Should().Equal(Enumerable.Range(0, 10).Select(number => -number));
        pool.Workers.Single().Pid.Should().Be(error.WorkerId);
    }

    [Theory]
    [InlineData(nameof(Exception.Message))]
    [InlineData(nameof(Exception.StackTrace))]
    [InlineData(nameof(ToString))]
    public async Task An_exception_that_throws_when_it_is_asked_what_happened_does_not_cost_the_worker(string member)
    {
        await using var pool = new ProcessPool(1);
        var pid = await pool.RunAsync(RemoteWork.ProcessId);

        var failing = () => pool.RunAsync(RemoteWork.ThrowMute, member).InTime();

        var error = (await failing.Should().ThrowAsync<RemoteTaskException>()).Which;
        error.TypeName.Should().Be("OutOfProcess.Tests.MuteException");
        $"{error.RemoteMessage} {error.RemoteText}".Should().Contain("its own text threw System.InvalidOperationException");
        (await pool.RunAsync(RemoteWork.ProcessId)).Should().Be(pid);
    }

    [Fact]
    public async Task A_pool_inside_of_a_worker_is_refused()
    {
        await using var pool = new ProcessPool(1);

        var nesting = () => pool.RunAsync(RemoteWork.NegateInPoolOfItsOwn, 1).InTime();

        (await nesting.Should().ThrowAsync<RemoteTaskException>()).Which.RemoteMessage.Should().Contain("cannot have a pool of its own");
        (await pool.RunAsync(RemoteWork.Negate, 1).InTime()).Should().Be(-1);
    }

    [Fact]
    public async Task An_initializer_that_makes_a_pool_stops_the_pool_with_the_reason()
    {
        await using var pool = new ProcessPool(Quiet with { Initializer = Initializers.MakePool });

        var run = () => pool.RunAsync(RemoteWork.Negate, 1).InTime();

        (await run.Should().ThrowAsync<PoolBrokenException>()).Which.Message.Should().Contain("TypeInitializationException")
            .And.Contain("cannot have a pool of its own");
    }

    [Fact]
    public async Task An_asynchronous_task_that_throws_gives_its_own_exception()
    {
        await using var pool = new ProcessPool(1);

        var failing = () => pool.RunAsync(RemoteWork.ThrowLater, "index");

        (await failing.Should().ThrowAsync<RemoteTaskException>()).Which.TypeName.Should().Be("System.ArgumentOutOfRangeException");
    }

    [Fact]
    public async Task A_worker_killed_mid_task_fails_that_call_with_the_facts_and_runs_the_waiting_ones_elsewhere()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        using var gate = new Gate();
        await using var pool = new ProcessPool(1);
        var running = pool.RunAsync(RemoteWork.WaitAtGate, gate.Path, 1);
        var waiting = Enumerable.Range(0, 20).Select(number => pool.RunAsync(RemoteWork.Negate, number)).ToList();
        await gate.BegunAsync();
        var pid = pool.Workers.Single().Pid;

        Kill(pid);

        var error = (await FluentActions.Awaiting(() => running.InTime()).Should().ThrowAsync<WorkerDiedException>()).Which;
        error.WorkerId.Should().Be(pid);
        error.Signal.Should().Be(9);
        error.ExitCode.Should().BeNull();
        error.Call.Should().StartWith("RemoteWork.WaitAtGate(\"");
        error.Message.Should().Match($"Worker 1 (pid {pid}) was killed by signal 9 (SIGKILL) before returning RemoteWork.WaitAtGate(*");
        (await Task.WhenAll(waiting).InTime()).Should().Equal(Enumerable.Range(0, 20).Select(number => -number));
        pool.Workers.Single().Pid.Should().NotBe(pid);
    }

    [Fact]
    public async Task A_worker_killed_while_idle_is_replaced_and_nobody_notices()
    {
        await using var pool = new ProcessPool(2);
        await AllReadyAsync(pool);
        var pids = pool.Workers.Select(worker => worker.Pid).ToList();

        pids.ForEach(Kill);
        var results = await pool.MapAsync(RemoteWork.Negate, Enumerable.Range(0, 100)).InTime();

        results.Should().Equal(Enumerable.Range(0, 100).Select(number => -number));
        pool.Workers.Select(worker => worker.Pid).Should().NotIntersectWith(pids);
    }

    [Fact]
    public async Task Fail_fast_gives_the_last_words_of_the_worker()
    {
        await using var pool = new ProcessPool(Quiet);

        var failing = () => pool.RunAsync(RemoteWork.FailFast, "the disk is on fire").InTime();

        var error = (await failing.Should().ThrowAsync<WorkerDiedException>()).Which;
        error.LastErrorLines.Should().Contain(line => line.Contains("the disk is on fire"));
        error.Message.Should().Contain("the disk is on fire");
        (await pool.RunAsync(RemoteWork.Negate, 1).InTime()).Should().Be(-1);
    }

    [Fact]
    public async Task A_stack_overflow_ends_one_call_and_one_worker()
    {
        await using var pool = new ProcessPool(Quiet);

        var failing = () => pool.RunAsync(RemoteWork.OverflowStack, 0).InTime();

        (await failing.Should().ThrowAsync<WorkerDiedException>()).Which.Call.Should().Be("RemoteWork.OverflowStack(0)");
        (await pool.RunAsync(RemoteWork.Negate, 1).InTime()).Should().Be(-1);
    }

    [Fact]
    public async Task Running_out_of_memory_ends_at_most_one_call()
    {
        var limited = Quiet with { Environment = new Dictionary<string, string?> { ["DOTNET_GCHeapHardLimit"] = "0x6400000" } };
        await using var pool = new ProcessPool(limited);

        // The runtime may still be able to throw, or may end the process.
        var failing = () => pool.RunAsync(RemoteWork.RunOutOfMemory, 10).InTime();

        (await failing.Should().ThrowAsync<Exception>()).Which.Should().Match<Exception>(error =>
            error is WorkerDiedException || ((RemoteTaskException)error).TypeName == "System.OutOfMemoryException");
        (await pool.RunAsync(RemoteWork.Negate, 1).InTime()).Should().Be(-1);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(200)]
    [InlineData(255)]
    public async Task A_task_that_exits_gives_the_exit_code(int code)
    {
        await using var pool = new ProcessPool(1);

        var failing = () => pool.RunAsync(RemoteWork.ExitWith, code).InTime();

        var error = (await failing.Should().ThrowAsync<WorkerDiedException>()).Which;
        error.ExitCode.Should().Be(code);
        error.Signal.Should().BeNull("signals have smaller numbers");
        error.Message.Should().Contain($"exited with code {code}");
    }

    [Fact]
    public async Task Workers_that_an_interrupt_ends_at_their_start_do_not_stop_the_pool()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        using var gate = new Gate();
        await using var pool = new ProcessPool(Quiet with
        {
            Initializer = Initializers.BeInterruptedEightTimes,
            Environment = new Dictionary<string, string?> { [Initializers.Starts] = gate.NameOf("starts") },
        });

        (await pool.RunAsync(RemoteWork.Negate, 1).InTime()).Should().Be(-1);
    }

    [Fact]
    public async Task Nothing_runs_twice_unless_retries_are_allowed()
    {
        using var gate = new Gate();
        await using var once = new ProcessPool(1);
        await using var twice = new ProcessPool(new ProcessPoolOptions { Workers = 1, Retries = 1 });

        var failing = () => once.RunAsync(RemoteWork.DieOnce, gate.NameOf("first")).InTime();
        var retried = await twice.RunAsync(RemoteWork.DieOnce, gate.NameOf("second")).InTime();
        var hopeless = () => twice.RunAsync(RemoteWork.KillSelf, 1).InTime();

        await failing.Should().ThrowAsync<WorkerDiedException>();
        retried.Should().Be(42);
        await hopeless.Should().ThrowAsync<WorkerDiedException>("one retry is not two");
    }

    [Fact]
    public async Task MapAsync_when_an_item_fails_fails_with_the_first_in_order_and_begins_no_more()
    {
        await using var pool = new ProcessPool(new ProcessPoolOptions { Workers = 2, ChunkSize = 1 });
        var taken = 0;

        var failing = () => pool.MapAsync(RemoteWork.NegateUnlessThirteen, Endless());

        (await failing.Should().ThrowAsync<RemoteTaskException>()).Which.RemoteMessage.Should().Be("thirteen");
        taken.Should().BeGreaterThan(13, "the source has no end, so only the failure ended the map");

        IEnumerable<int> Endless()
        {
            while (true)
                yield return taken++;
        }
    }

    [Fact]
    public async Task MapAsync_when_a_worker_dies_fails_only_its_own_calls()
    {
        using var gate = new Gate();
        await using var pool = new ProcessPool(2);
        var other = pool.MapAsync(RemoteWork.Negate, Enumerable.Range(0, 1000));

        var failing = () => pool.MapAsync(RemoteWork.KillSelf, [1]).InTime();

        await failing.Should().ThrowAsync<WorkerDiedException>();
        (await other.InTime()).Should().HaveCount(1000);
    }

    [Fact]
    public async Task Workers_that_die_at_their_start_stop_the_pool_with_the_reason()
    {
        await using var throwing = new ProcessPool(Quiet with { Initializer = Initializers.Bad });
        await using var exiting = new ProcessPool(Quiet with { Initializer = Initializers.Exit });
        await using var speakingGarbage = new ProcessPool(Quiet with { Initializer = Initializers.Garbage });

        var first = () => throwing.RunAsync(RemoteWork.Negate, 1).InTime();
        var second = () => exiting.RunAsync(RemoteWork.Negate, 1).InTime();
        var third = () => speakingGarbage.RunAsync(RemoteWork.Negate, 1).InTime();

        (await first.Should().ThrowAsync<PoolBrokenException>()).Which.Message.Should().Contain("there is no database")
            .And.Contain("InvalidOperationException");
        (await second.Should().ThrowAsync<PoolBrokenException>()).Which.Message.Should().Contain("exited with code 7");
        (await third.Should().ThrowAsync<PoolBrokenException>()).Which.Message.Should().Contain("bytes that are not a frame header");
        await first.Should().ThrowAsync<PoolBrokenException>("a stopped pool takes no more calls");
    }

    private static ProcessPoolOptions Quiet { get; } = new() { Workers = 1, Output = _ => { } };
}
