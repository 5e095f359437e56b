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
        await cluster.SettleAsync();
        var values = await Task.WhenAll(counters.Select(counter => counter.ValueAsync()));
        var created = await Task.WhenAll(Enumerable.Range(0, 64).Select(key =>
            cluster.Client.GetGrain<IComputeGrain>(key).WaitAsync(TimeSpan.Zero)));

        homes.Should().Contain(victim.Pid).And.Contain(cluster.Silos[0].Pid);
        values.Should().Equal(homes.Select(home => home == victim.Pid ? 1 : 2));
        created.Should().OnlyContain(answer => answer.Pid == cluster.Silos[0].Pid, "no call needs to be repeated any more");
        victim.IsRunning.Should().BeFalse();
    }

    [Fact]
    public async Task A_crash_fails_the_calls_of_that_silo_alone_and_a_new_silo_gets_work()
    {
        await using var cluster = await LocalCluster.StartAsync(silos: 2, Patience);
        var pids = cluster.Pids;

        var crash = () => cluster.Client.GetGrain<IFailingGrain>(0).CrashAsync();
        var failure = (await crash.Should().ThrowAsync<Exception>()).Which;
        (failure is TimeoutException or OrleansException or OperationCanceledException).Should().BeTrue($"it is {failure.GetType()}");
        var added = await cluster.AddSiloAsync();
        await cluster.SettleAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(key =>
            cluster.Client.GetGrain<IComputeGrain>(key).WaitAsync(TimeSpan.Zero)));

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
        var taken = (IPEndPoint)other.LocalEndpoint;

        var start = () => LocalCluster.StartAsync(silos: 1, Patience, taken);

        (await start.Should().ThrowAsync<ClusterException>())
            .WithMessage($"keeper (process *) could not listen on {taken}*taken*last output*");
    }

    [Fact]
    public async Task A_silo_that_dies_while_it_starts_says_why_and_leaves_none_behind()
    {
        Environment.SetEnvironmentVariable("Orleans__GrainStorage__other__ProviderType", "Nonsense");
        try
        {
            var start = () => LocalCluster.StartAsync(silos: 1);

            (await start.Should().ThrowAsync<ClusterException>())
                .WithMessage("keeper (process *) exited with code * before it had joined*Nonsense*");
        }
        finally
        {
            Environment.SetEnvironmentVariable("Orleans__GrainStorage__other__ProviderType", null);
        }
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
    public async Task Giving_up_a_silo_ends_it()
    {
        await using var cluster = await LocalCluster.StartAsync(silos: 1, Patience);
        using var giveUp = new CancellationTokenSource(TimeSpan.FromSeconds(0.3));
        var before = SiloPids();

        var add = () => cluster.AddSiloAsync(giveUp.Token);

        (await add.Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(giveUp.Token);
        SiloPids().Should().BeEquivalentTo(before);
        cluster.Silos.Should().ContainSingle();
        (await cluster.Client.GetGrain<IComputeGrain>(0).CountPrimesAsync(1, 1_000)).Value.Should().Be(168);
    }

    [Fact]
    public async Task A_cluster_may_be_disposed_of_twice_and_takes_no_silo_after_that()
    {
        var cluster = await LocalCluster.StartAsync(silos: 1, Patience);
        await cluster.DisposeAsync();
        await cluster.DisposeAsync();

        var add = () => cluster.AddSiloAsync();

        await add.Should().ThrowAsync<ObjectDisposedException>();
        SiloPids().Should().BeEmpty();
    }

    [Theory]
    [InlineData("KILL")]
    [InlineData("INT")]
    [InlineData("end of input")]
    public async Task An_owner_that_ends_without_disposing_leaves_no_silo(string how)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Sends signals, and resets one that a parent may ignore.");
        string[] arguments = ["--default-signal=INT", Processes.DotNet, typeof(Program).Assembly.Location, Program.Own];
        using var owner = Process.Start(
            new ProcessStartInfo("env", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var line = await owner.StandardOutput.ReadLineAsync();
        var pids = line!.Split(' ').Select(pid => int.Parse(pid, CultureInfo.InvariantCulture)).ToList();
        pids.Should().HaveCount(2).And.OnlyContain(pid => Processes.IsRunning(pid));

        // Ctrl+C in a terminal goes to all of them; a kill to one.
        if (how == "INT") Signal(how, [owner.Id, .. pids]);
        else if (how == "KILL") Signal(how, [owner.Id]);
        else owner.StandardInput.Close();

        (await Processes.LeftOfAsync([owner.Id, .. pids])).Should().BeEmpty();
    }

    private static void Signal(string signal, IEnumerable<int> pids) =>
        Process.Start("kill", [$"-{signal}", .. pids.Select(pid => $"{pid}")]).WaitForExit();

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
