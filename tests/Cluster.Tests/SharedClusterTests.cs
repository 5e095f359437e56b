using System.Diagnostics;

namespace Cluster.Tests;

/// <summary>What a cluster survives.</summary>
[Collection<TestsOfOneCluster>]
public sealed class SharedClusterTests(ClusterFixture fixture)
{
    private readonly LocalCluster _cluster = fixture.Cluster;

    [Fact]
    public async Task A_silo_that_is_killed_while_it_starts_is_named()
    {
        var starting = _cluster.AddSiloAsync();
        await _cluster.Silos[^1].KillAsync();

        (await starting.Invoking(task => task).Should().ThrowAsync<ClusterException>())
            .WithMessage("silo 3 (process *) was ended before it had joined*");
    }

    [Fact]
    public async Task An_interrupt_from_the_terminal_ends_no_silo()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signal that goes to one process.");

        foreach (var pid in _cluster.Pids) Process.Start("kill", ["-INT", $"{pid}"]).WaitForExit();

        (await _cluster.Client.GetGrain<IComputeGrain>(0).CountPrimesAsync(1, 100)).Value.Should().Be(25);
        _cluster.Pids.Should().OnlyContain(pid => Processes.IsRunning(pid));
    }
}
