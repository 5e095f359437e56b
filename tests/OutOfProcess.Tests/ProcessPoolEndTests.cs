using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace OutOfProcess.Tests;

/// <summary>Every way to end a pool.</summary>
public sealed class ProcessPoolEndTests : ProcessPoolTest
{
    [Fact]
    public async Task Disposing_before_the_workers_have_started_ends_them()
    {
        var pool = new ProcessPool(4);

        await pool.DisposeAsync().AsTask().InTime();

        pool.Workers.Should().OnlyContain(worker => worker.State == WorkerState.Ended);
    }

    [Fact]
    public async Task Disposing_during_a_start_that_hangs_ends_it_after_the_grace_period()
    {
        var grace = TimeSpan.FromMilliseconds(200);
        var pool = new ProcessPool(new ProcessPoolOptions { Workers = 1, Initializer = Initializers.Hang, DisposeGrace = grace });
        var call = pool.RunAsync(RemoteWork.Negate, 1);

        await pool.DisposeAsync().AsTask().InTime();

        var awaiting = () => call;
        (await awaiting.Should().ThrowAsync<ObjectDisposedException>())
            .WithMessage("*disposed of before RemoteWork.Negate(1) had ended*DisposeGrace*");
    }

    [Fact]
    public async Task Disposing_during_a_crash_ends_every_call()
    {
        var pool = new ProcessPool(2);
        var calls = Enumerable.Range(0, 40).Select(number =>
            pool.RunAsync<int, int>(number % 10 == 0 ? RemoteWork.KillSelf : RemoteWork.Negate, number)).ToList();

        await pool.DisposeAsync().AsTask().InTime();

        calls.Should().OnlyContain(call => call.IsCompleted);
        calls.Where((_, index) => index % 10 != 0).Should().OnlyContain(call => call.IsCompletedSuccessfully);
        calls.Where((_, index) => index % 10 == 0).Should().OnlyContain(call => call.Exception!.InnerException is WorkerDiedException);
    }

    [Fact]
    public async Task Two_threads_may_dispose_at_once_and_again()
    {
        var pool = new ProcessPool(2);
        using var together = new Barrier(2);
        var call = pool.RunAsync(RemoteWork.Negate, 1);

        var threads = Enumerable.Range(0, 2).Select(_ => Task.Factory.StartNew(() =>
        {
            together.SignalAndWait();
            return pool.DisposeAsync().AsTask();
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap());
        await Task.WhenAll(threads).InTime();
        await pool.DisposeAsync().AsTask().InTime();

        (await call).Should().Be(-1);
    }

    [Fact]
    public async Task Disposing_without_waiting_still_ends_the_workers()
    {
        var pool = new ProcessPool(2);
        var call = pool.RunAsync(RemoteWork.Negate, 1);

        _ = pool.DisposeAsync().AsTask();

        (await call.InTime()).Should().Be(-1);
    }

    [Fact]
    public async Task Past_the_grace_period_running_and_queued_calls_fail_and_the_workers_are_killed()
    {
        using var gate = new Gate();
        var pool = new ProcessPool(new ProcessPoolOptions { Workers = 1, DisposeGrace = TimeSpan.Zero });
        var spinning = pool.RunAsync(RemoteWork.SpinForEver, gate.Path);
        var queued = Enumerable.Range(0, 100).Select(number => pool.RunAsync(RemoteWork.Negate, number)).ToList();
        await gate.BegunAsync();

        await pool.DisposeAsync().AsTask().InTime();

        queued.Append(spinning).Should().OnlyContain(call => call.IsFaulted && call.Exception!.InnerException is ObjectDisposedException);
        FluentActions.Invoking(() => { _ = pool.RunAsync(RemoteWork.Negate, 1); }).Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public async Task A_pool_that_nobody_holds_any_more_is_collected_and_its_workers_end()
    {
        for (var pool = 0; pool < 20; pool++)
            await UseAndForgetAsync();

        await CollectUntilAsync(() => !Workers().Any(), "the workers of pools that nobody holds are gone");
    }

    [Fact]
    public async Task A_call_of_a_pool_that_nobody_holds_any_more_still_ends()
    {
        using var gate = new Gate();
        var call = StartAndForget(gate.Path);
        await gate.BegunAsync();

        for (var round = 0; round < 5; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        gate.Open();
        (await call.InTime()).Should().Be(7);
        await CollectUntilAsync(() => !Workers().Any(), "the worker is gone");
    }

    // Methods of their own: what a test holds in a local variable may live as long as the test.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task UseAndForgetAsync() => (await new ProcessPool(1).RunAsync(RemoteWork.Negate, 1).InTime()).Should().Be(-1);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Task<int> StartAndForget(string gate) => new ProcessPool(1).RunAsync(RemoteWork.WaitAtGate, gate, 7);

    private static Task CollectUntilAsync(Func<bool> condition, string what) => Eventually.TrueAsync(() =>
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return condition();
    }, what);

    [Theory]
    [InlineData("KILL")]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Nothing_outlives_an_owner_that_a_signal_ends(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        using var owner = OtherProcess.Start("PoolOwner.RunAsync");
        var workers = await PidsAsync(owner);

        Signal(signal, owner.Id);

        foreach (var pid in workers.Append(owner.Id))
            await OtherProcess.WaitUntilGoneAsync(pid, TimeSpan.FromSeconds(20));
        SharedFiles(owner.Id).Should().BeEmpty();
    }

    [Fact]
    public async Task Nothing_outlives_an_owner_that_ends_without_disposing_its_pool()
    {
        using var owner = OtherProcess.Start("PoolOwner.ForgetAsync");
        var workers = await PidsAsync(owner);

        foreach (var pid in workers.Append(owner.Id))
            await OtherProcess.WaitUntilGoneAsync(pid, TimeSpan.FromSeconds(20));
        SharedFiles(owner.Id).Should().BeEmpty();
    }

    [Theory]
    [InlineData("ro")]
    [InlineData("size=4k,nr_inodes=1")]
    public async Task A_pool_works_where_shared_memory_is_read_only_or_full(string mount)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has /dev/shm and namespaces.");
        var script = $"mount -t tmpfs -o {mount} none /dev/shm && exec \"$@\"";
        using (var trial = Process.Start("unshare", ["--user", "--map-root-user", "--mount", "sh", "-c", script, "sh", "true"]))
        {
            await trial.WaitForExitAsync();
            Assert.SkipUnless(trial.ExitCode == 0, "This system gives no namespace of its own to mount in.");
        }

        using var owner = OtherProcess.Start(
            "PoolOwner.ForgetAsync", "unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, "sh");

        (await PidsAsync(owner)).Should().NotBeEmpty("its call has been answered");
        await OtherProcess.WaitUntilGoneAsync(owner.Id, TimeSpan.FromSeconds(20));
    }

    private static async Task<List<int>> PidsAsync(OtherProcess owner)
    {
        var line = await owner.Output.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1));
        return [.. line!.Split(' ').Select(pid => int.Parse(pid, System.Globalization.CultureInfo.InvariantCulture))];
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task When_the_parent_is_killed_every_worker_goes_even_if_its_pipes_stay_open(bool holdPipes)
    {
        Assert.SkipWhen(holdPipes && !OperatingSystem.IsLinux(), "Only Linux lets another process open a pipe through /proc.");

        // Two seconds are promised. On a machine under load the watching thread itself may come late, so one of three must do.
        var soonest = TimeSpan.MaxValue;
        for (var attempt = 0; attempt < 3 && soonest > TimeSpan.FromSeconds(2); attempt++)
        {
            var needed = await KillOwnerAsync(holdPipes);
            soonest = needed < soonest ? needed : soonest;
        }

        soonest.Should().BeLessThan(TimeSpan.FromSeconds(2));
    }

    // How long the workers outlived their owner.
    private static async Task<TimeSpan> KillOwnerAsync(bool holdPipes)
    {
        using var parent = OtherProcess.Start("PoolOwner.RunAsync");
        var pids = await PidsAsync(parent);
        var held = holdPipes ? HoldPipesOf(pids) : [];

        var start = Stopwatch.GetTimestamp();
        await parent.KillAsync();
        foreach (var pid in pids)
            await OtherProcess.WaitUntilGoneAsync(pid, TimeSpan.FromSeconds(20));
        var needed = Stopwatch.GetElapsedTime(start);

        held.ForEach(pipe => pipe.Dispose());
        return needed;
    }

    // Opens both ends of every pipe that the workers have.
    private static List<FileStream> HoldPipesOf(List<int> pids) =>
        [.. pids.SelectMany(pid => Directory.EnumerateFiles($"/proc/{pid}/fd"))
            .Where(file => new FileInfo(file).LinkTarget?.StartsWith("pipe:", StringComparison.Ordinal) == true)
            .Select(file => new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 0))];
}
