namespace Cluster.Tests;

/// <summary>Two silos for the tests that end none of them; fails if it leaves a process behind.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    public LocalCluster Cluster { get; private set; } = null!;

    public IClusterClient Client => Cluster.Client;

    public async ValueTask InitializeAsync() => Cluster = await LocalCluster.StartAsync(silos: 2);

    public async ValueTask DisposeAsync()
    {
        var pids = Cluster.Pids;
        await Cluster.DisposeAsync();
        (await Processes.LeftOfAsync(pids)).Should().BeEmpty("no silo outlives its cluster");
    }
}

/// <summary>The classes whose tests share two silos.</summary>
[CollectionDefinition]
public sealed class TestsOfOneCluster : ICollectionFixture<ClusterFixture>;
