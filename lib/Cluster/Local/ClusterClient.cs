using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Serialization;

namespace Cluster;

/// <summary>
/// Orleans's client, in whatever process this library is loaded. It reads no configuration, writes no log and takes no signals: all of
/// that belongs to the host of the notebook.
/// </summary>
internal sealed class ClusterClient : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public ClusterClient(string clusterId, IPEndPoint gateway, TimeSpan? patience)
    {
        var services = new ServiceCollection();
        services.AddOrleansClient(client => client
            .UseStaticClustering(gateway)
            .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (clusterId, clusterId))
            .Configure<ClientMessagingOptions>(options => options.ResponseTimeout = patience ?? options.ResponseTimeout)
            // Which grains there are, it asks its gateway now and then; silos are joining while it connects.
            .Configure<TypeManagementOptions>(options => options.TypeMapRefreshInterval = TimeSpan.FromSeconds(0.1))
            .Services.AddSerializer(serializer => serializer.AddAssembly(typeof(ClusterClient).Assembly)));
        _services = services.BuildServiceProvider();
    }

    public IClusterClient Orleans => _services.GetRequiredService<IClusterClient>();

    public Task ConnectAsync(CancellationToken cancellationToken) =>
        _services.GetRequiredService<IHostedService>().StartAsync(cancellationToken);

    /// <summary>Waits until the gateway's list of silos that can be called is as wanted.</summary>
    /// <remarks>It is the gateway that chooses where a grain is created, so its list is the one that matters to callers.</remarks>
    public async Task SeeAsync(Func<IReadOnlySet<IPEndPoint>, bool> isAsWanted, CancellationToken cancellationToken)
    {
        var manifests = _services.GetRequiredService<IClusterManifestProvider>();
        while (!isAsWanted(manifests.Current.Silos.Keys.Select(silo => silo.Endpoint).ToHashSet()))
            await Task.Delay(20, cancellationToken);
    }

    /// <summary>Waits until so many new grains have answered, wherever they were placed.</summary>
    /// <remarks>
    /// The first calls wait for the directory to be shared out anew, and for code to be compiled. Without this a lesson's first calls would
    /// pay with their patience for it.
    /// </remarks>
    public Task AnswerAsync(int grains, CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, grains).Select(async _ =>
        {
            // Negative keys: those that nobody counts up to.
            var grain = Orleans.GetGrain<IComputeGrain>(Random.Shared.NextInt64(long.MinValue, 0));
            while (!await IsAnsweredAsync(grain, cancellationToken)) await Task.Delay(50, cancellationToken);
        }));

    public async ValueTask DisposeAsync()
    {
        try
        {
            using var now = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            await _services.GetRequiredService<IHostedService>().StopAsync(now.Token);
        }
        catch (OperationCanceledException)
        {
            // The silos are gone already, and it had something to tell them.
        }

        await _services.DisposeAsync();
    }

    private static async Task<bool> IsAnsweredAsync(IComputeGrain grain, CancellationToken cancellationToken)
    {
        try
        {
            await grain.PingAsync().AsTask().WaitAsync(cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException or OperationCanceledException)
        {
            // Cancelled is the caller's wait, which he notices himself, or a silo's own search in the directory.
            return false;
        }
    }
}
