using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Cluster.Tests;

public sealed class LocalClusterTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task No_silos_are_refused()
    {
        var start = () => LocalCluster.StartAsync(silos: 0);

        await start.Should().ThrowAsync<ArgumentOutOfRangeException>();
    }

    [Fact]
    public async Task A_killed_silo_takes_what_was_in_memory_along_and_leaves_what_was_stored()
    {
        await using var cluster = await LocalCluster.StartAsync(silos: 2, Patience);
        var counters = Enumerable.Range(0, 16).Select(key => cluster.Client.GetGrain<ICounterGrain>($"counter {key}")).ToList();
        foreach (var counter in counters)
        {
            await counter.AddStoredAsync();
            await counter.AddAsync();
        }

        var victim = cluster.Silos[0];
        var homes = await Task.WhenAll(counters.Select(counter => counter.PidAsync()));
        await victim.KillAsync();
        var values = await Task.WhenAll(counters.Select(counter => Retry.UntilAnsweredAsync(counter.ValueAsync)));

        homes.Should().Contain(victim.Pid).And.Contain(cluster.Silos[0].Pid);
        values.Should().Equal(homes.Select(home => home == victim.Pid ? 1 : 2));
        victim.IsRunning.Should().BeFalse();
    }

    [Fact]
    public async Task A_crash_fails_the_calls_of_that_silo_alone_and_a_new_silo_gets_work()
    {
        await using var cluster = await LocalCluster.StartAsync(silos: 2, Patience);
        var pids = cluster.Pids;

        var crash = () => cluster.Client.GetGrain<IFailingGrain>(0).CrashAsync();
        var failure = (await crash.Should().ThrowAsync<Exception>()).Which;
        (failure is TimeoutException or OrleansException).Should().BeTrue($"it is {failure.GetType()}");
        var added = await cluster.AddSiloAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(key =>
            Retry.UntilAnsweredAsync(() => cluster.Client.GetGrain<IComputeGrain>(key).WaitAsync(TimeSpan.Zero))));

        added.Name.Should().Be("silo 3");
        answers.Select(answer => answer.Pid).Distinct().Should().BeEquivalentTo(cluster.Silos.Select(silo => silo.Pid))
            .And.Contain(added.Pid);
        pids.Count(pid => !Processes.IsRunning(pid)).Should().Be(1);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var start = () => LocalCluster.StartAsync(silos: 1, Patience, keeperPort: port);

        (await start.Should().ThrowAsync<ClusterException>())
            .WithMessage($"keeper (process *) could not listen on 127.0.0.1:{port}*taken*last output*");
    }

    [Fact]
    public async Task A_silo_that_dies_while_it_starts_says_why_and_leaves_none_behind()
    {
        Environment.SetEnvironmentVariable("Orleans__GrainStorage__other__ProviderType", "Nonsense");
        try
        {
            var start = () => LocalCluster.StartAsync(silos: 2);

            (await start.Should().ThrowAsync<ClusterException>())
                .WithMessage("keeper (process *) exited with code * before it had joined*Nonsense*");
        }
        finally
        {
            Environment.SetEnvironmentVariable("Orleans__GrainStorage__other__ProviderType", null);
        }
    }

    [Fact]
    public async Task A_silo_that_is_killed_while_it_starts_is_named()
    {
        await using var cluster = await LocalCluster.StartAsync(silos: 1);

        var starting = cluster.AddSiloAsync();
        await cluster.Silos[^1].KillAsync();

        (await starting.Invoking(task => task).Should().ThrowAsync<ClusterException>())
            .WithMessage("silo 2 (process *) was ended before it had joined*");
    }

    [Fact]
    public async Task Giving_up_a_start_leaves_no_silo()
    {
        using var giveUp = new CancellationTokenSource(TimeSpan.FromSeconds(0.3));
        var before = SiloPids();

        var start = () => LocalCluster.StartAsync(silos: 2, cancellationToken: giveUp.Token);

        (await start.Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(giveUp.Token);
        (await Processes.LeftOfAsync(SiloPids().Except(before))).Should().BeEmpty();
    }

    [Fact]
    public async Task An_owner_that_is_killed_leaves_no_silo()
    {
        string[] arguments = [typeof(Program).Assembly.Location, Program.Own];
        var start = new ProcessStartInfo(Processes.DotNet, arguments) { RedirectStandardOutput = true };
        using var owner = Process.Start(start)!;
        var line = await owner.StandardOutput.ReadLineAsync();
        var pids = line!.Split(' ').Select(pid => int.Parse(pid, CultureInfo.InvariantCulture)).ToList();
        pids.Should().HaveCount(3).And.OnlyContain(pid => Processes.IsRunning(pid));

        owner.Kill();

        (await Processes.LeftOfAsync(pids)).Should().BeEmpty();
    }

    [Fact]
    public async Task An_interrupt_from_the_terminal_ends_no_silo()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signal that goes to one process.");
        await using var cluster = await LocalCluster.StartAsync(silos: 1);

        foreach (var pid in cluster.Pids) Process.Start("kill", ["-INT", $"{pid}"]).WaitForExit();

        (await cluster.Client.GetGrain<IComputeGrain>(0).CountPrimesAsync(1, 100)).Value.Should().Be(25);
        cluster.Pids.Should().OnlyContain(pid => Processes.IsRunning(pid));
    }

    // Those of this process: others may run clusters of their own.
    private static List<int> SiloPids() =>
        OperatingSystem.IsLinux()
            ? [.. Directory.GetDirectories("/proc")
                .Select(path => int.TryParse(Path.GetFileName(path), out var pid) ? pid : 0).Where(IsOurSilo)]
            : [];

    private static bool IsOurSilo(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline").Contains($"--Owner\0{Environment.ProcessId}\0");
        }
        catch (IOException)
        {
            // It ended while we looked.
            return false;
        }
    }
}
