using System.Collections.Concurrent;
using System.Diagnostics;

namespace OutOfProcess.Tests;

/// <summary>Initializer, recycling, environment, queue limit, chunks, output, ended calls.</summary>
public sealed class ProcessPoolOptionsTests : ProcessPoolTest
{
    [Fact]
    public async Task The_initializer_runs_once_in_each_worker_before_its_first_call()
    {
        await using var pool = new ProcessPool(new ProcessPoolOptions { Workers = 1, Initializer = Initializers.Good });

        (await pool.RunAsync(RemoteWork.Increment)).Should().Be(1001);
        (await pool.RunAsync(RemoteWork.Increment)).Should().Be(1002);
    }

    [Fact]
    public async Task The_environment_is_the_workers()
    {
        await using var pool = new ProcessPool(With("POOL_TEST", "here"));

        (await pool.RunAsync(RemoteWork.Variable, "POOL_TEST")).Should().Be("here");
        Environment.GetEnvironmentVariable("POOL_TEST").Should().BeNull();
    }

    [Fact]
    public async Task Workers_of_a_program_without_cultures_go_without_them()
    {
        const string Switch = "System.Globalization.Invariant";
        AppContext.SetSwitch(Switch, true);
        try
        {
            await using var pool = new ProcessPool(1);

            (await pool.RunAsync(string.Compare, "a", "B")).Should().BePositive("only cultures have the small letters first");
        }
        finally
        {
            AppContext.SetSwitch(Switch, false);
        }
    }

    [Fact]
    public async Task Workers_have_no_files_of_the_runtime_which_a_killed_one_would_leave()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps these out of the file system.");
        var start = DateTime.UtcNow;
        await using var pool = new ProcessPool(1);

        DiagnosticFiles(await pool.RunAsync(RemoteWork.ProcessId), start).Should().BeEmpty();
    }

    [Fact]
    public async Task Workers_can_be_diagnosed_when_asked_for()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps these out of the file system.");
        await using var pool = new ProcessPool(With("DOTNET_EnableDiagnostics", "1"));

        DiagnosticFiles(await pool.RunAsync(RemoteWork.ProcessId), DateTime.UnixEpoch)
            .Should().NotBeEmpty("debuggers and tools come in through them");
    }

    [Fact]
    public async Task A_worker_that_waits_has_loaded_nothing_that_only_some_calls_need()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux shows what a process has mapped.");
        await using var pool = new ProcessPool(With("LC_ALL", "en_US.UTF-8"));
        await AllReadyAsync(pool);

        var mapped = await File.ReadAllTextAsync($"/proc/{pool.Workers[0].Pid}/maps");

        // The rules of all cultures are 3 MB; each of the others is a part of the worker's start.
        mapped.Should().NotContain("libicu").And.NotContain("System.Console.dll").And.NotContain("System.Linq.dll")
            .And.NotContain("System.Text.Json.dll");
    }

    private static ProcessPoolOptions With(string variable, string value) =>
        new() { Workers = 1, Environment = new Dictionary<string, string?> { [variable] = value } };

    // An older file is of another process that once had the same number.
    private static IEnumerable<string> DiagnosticFiles(int pid, DateTime since) =>
        Directory.GetFiles(Path.GetTempPath(), $"*-{pid}-*").Where(file => File.GetLastWriteTimeUtc(file) >= since.AddSeconds(-1));

    [Fact]
    public async Task Recycling_under_load_gives_each_process_its_share_and_never_stops()
    {
        await using var pool = new ProcessPool(new ProcessPoolOptions { Workers = 2, TasksPerWorker = 7 });

        var pids = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => pool.RunAsync(RemoteWork.ProcessId))).InTime();

        pids.GroupBy(pid => pid).Should().OnlyContain(calls => calls.Count() <= 7);
        pids.Distinct().Count().Should().BeGreaterThanOrEqualTo(100 / 7);
    }

    [Fact]
    public async Task Workers_killed_while_they_are_recycled_lose_no_call()
    {
        await using var pool = new ProcessPool(new ProcessPoolOptions { Workers = 2, TasksPerWorker = 2, Retries = 1000 });
        using var done = new CancellationTokenSource();
        var killer = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                foreach (var worker in pool.Workers.Where(worker => worker is { State: WorkerState.Retiring, TasksDone: > 0 }))
                    Kill(worker.Pid);
                await Task.Yield();
            }
        });

        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(number => pool.RunAsync(RemoteWork.Negate, number))).InTime();

        await done.CancelAsync();
        await killer;
        results.Should().Equal(Enumerable.Range(0, 40).Select(number => -number));
    }

    [Fact]
    public async Task A_map_reads_its_source_only_as_there_is_room()
    {
        using var gate = new Gate();
        var taken = 0;
        await using var pool = new ProcessPool(new ProcessPoolOptions { Workers = 1, ChunkSize = 1 });
        var blocking = pool.RunAsync(RemoteWork.WaitAtGate, gate.Path, 0);

        var map = pool.MapAsync(RemoteWork.Negate, Enumerable.Range(0, 1000).Select(number => Interlocked.Increment(ref taken)));

        await gate.BegunAsync();
        Volatile.Read(ref taken).Should().BeLessThan(10);
        gate.Open();
        (await map.InTime()).Should().HaveCount(1000);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(5000)]
    public async Task Chunks_of_any_size_give_all_results_in_order(int? size)
    {
        await using var pool = new ProcessPool(new ProcessPoolOptions { Workers = 2, ChunkSize = size });

        var fromArray = await pool.MapAsync(RemoteWork.Negate, Enumerable.Range(0, 1000).ToArray()).InTime();
        var fromIterator = await pool.MapAsync(RemoteWork.NegateLater, Enumerable.Range(0, 1000).Where(_ => true)).InTime();
        var texts = await pool.MapAsync(RemoteWork.EchoText, Enumerable.Range(0, 100).Select(number => $"{number}")).InTime();

        fromArray.Should().Equal(Enumerable.Range(0, 1000).Select(number => -number));
        fromIterator.Should().Equal(fromArray);
        texts.Should().Equal(Enumerable.Range(0, 100).Select(number => $"{number}"));
    }

    [Fact]
    public async Task Each_call_that_has_ended_is_told_before_its_caller_learns_of_it()
    {
        var ended = new ConcurrentQueue<WorkerCall>();
        await using var pool = new ProcessPool(new ProcessPoolOptions { Workers = 1, CallEnded = ended.Enqueue });

        await pool.RunAsync(RemoteWork.Negate, 3);
        var afterOne = ended.ToArray();
        await FluentActions.Awaiting(() => pool.RunAsync(RemoteWork.Throw, "no")).Should().ThrowAsync<RemoteTaskException>();

        var pid = pool.Workers[0].Pid;
        afterOne.Should().ContainSingle().Which.Should().Match<WorkerCall>(
            call => call.Call == "RemoteWork.Negate(3)" && call.Worker == 1 && call.Pid == pid);
        ended.Select(call => call.Call).Should().Equal("RemoteWork.Negate(3)", "RemoteWork.Throw(\"no\")");
        ended.Should().OnlyContain(call => call.EndTimestamp >= call.StartTimestamp && call.EndTimestamp <= Stopwatch.GetTimestamp());
    }

    [Fact]
    public async Task A_CallEnded_handler_that_throws_disturbs_nobody()
    {
        Action<WorkerCall> broken = _ => throw new InvalidOperationException("the handler is broken");
        await using var pool = new ProcessPool(new ProcessPoolOptions { Workers = 1, CallEnded = broken });

        (await pool.RunAsync(RemoteWork.Negate, 3).InTime()).Should().Be(-3);
    }

    [Fact]
    public async Task The_workers_tell_their_number_process_and_state()
    {
        await using var pool = new ProcessPool(2);
        await AllReadyAsync(pool);
        await pool.RunAsync(RemoteWork.Negate, 1);

        var workers = pool.Workers;

        workers.Select(worker => worker.Number).Should().Equal(1, 2);
        workers.Should().OnlyContain(worker => worker.State == WorkerState.Idle && worker.Pid > 0);
        workers.Sum(worker => worker.TasksDone).Should().Be(1);
    }

    [Fact]
    public async Task A_worker_is_busy_once_it_has_begun_its_call_and_not_before()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "Windows has no signal that stops a process.");
        using var gate = new Gate();
        await using var pool = new ProcessPool(workers: 1);
        await AllReadyAsync(pool);

        Signal("STOP", pool.Workers[0].Pid);
        var call = pool.RunAsync(RemoteWork.WaitAtGate, gate.Path, 1);
        pool.Workers[0].State.Should().Be(WorkerState.Idle, "the process is stopped and cannot have begun");
        Signal("CONT", pool.Workers[0].Pid);
        await gate.BegunAsync();

        pool.Workers[0].State.Should().Be(WorkerState.Busy);
        gate.Open();
        await call;
    }

    public static TheoryData<ProcessPoolOptions, string> Nonsense { get; } = new()
    {
        { new ProcessPoolOptions { Workers = 0 }, "*Workers must be at least 1*" },
        { new ProcessPoolOptions { Workers = int.MaxValue }, "*Workers*at most 1000*" },
        { new ProcessPoolOptions { TasksPerWorker = 0 }, "*TasksPerWorker must be at least 1*" },
        { new ProcessPoolOptions { ChunkSize = -1 }, "*ChunkSize must be at least 1*" },
        { new ProcessPoolOptions { Retries = -1 }, "*Retries must be at least 0*" },
        { new ProcessPoolOptions { TaskTimeout = TimeSpan.Zero }, "*TaskTimeout*more than zero*" },
        { new ProcessPoolOptions { TaskTimeout = TimeSpan.FromSeconds(-1) }, "*TaskTimeout*more than zero*" },
        { new ProcessPoolOptions { DisposeGrace = TimeSpan.FromSeconds(-1) }, "*DisposeGrace*between zero and 24 days*" },
        { new ProcessPoolOptions { DisposeGrace = TimeSpan.MinValue }, "*DisposeGrace*" },
        { new ProcessPoolOptions { DisposeGrace = TimeSpan.MaxValue }, "*DisposeGrace*" },
        { new ProcessPoolOptions { CancellationGrace = TimeSpan.FromSeconds(-1) }, "*CancellationGrace*between zero and 24 days*" },
        { new ProcessPoolOptions { CancellationGrace = TimeSpan.MaxValue }, "*CancellationGrace*" },
        { new ProcessPoolOptions { CancellationGrace = Timeout.InfiniteTimeSpan }, "*CancellationGrace must end*" },
        { new ProcessPoolOptions { Environment = null! }, "*Environment*" },
        { new ProcessPoolOptions { Environment = new Dictionary<string, string?> { ["A=B"] = "c" } }, "*Environment*\"A=B\"*" },
        { new ProcessPoolOptions { Environment = new Dictionary<string, string?> { [""] = "c" } }, "*Environment*\"\"*" },
        { new ProcessPoolOptions { Environment = new Dictionary<string, string?> { ["A"] = "b\0c" } }, "*Environment*\"A\"*" },
        { new ProcessPoolOptions { Initializer = () => { } }, "*lambda*" },
    };

    [Theory]
    [MemberData(nameof(Nonsense), DisableDiscoveryEnumeration = true)]
    public void Options_that_make_no_sense_are_refused_by_name(ProcessPoolOptions options, string message) =>
        FluentActions.Invoking(() => new ProcessPool(options)).Should().Throw<ArgumentException>().WithMessage(message);
}
