using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cluster.Tests;

/// <summary>What the notebook says of real machines: the same silo program, with its clustering from configuration.</summary>
public sealed class RealMachinesTests
{
    private static readonly TimeSpan JoinLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Three_silos_find_each_other_through_Redis_and_a_killed_one_is_replaced_with_its_stored_state()
    {
        Assert.SkipUnless(OnPath("redis-server"), "redis-server is not installed; on Debian: apt-get install redis-server");
        var redis = FreePort();
        string[] arguments = ["--port", $"{redis}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
        using var server = Process.Start(new ProcessStartInfo("redis-server", arguments) { RedirectStandardOutput = true })!;
        var silos = new List<LocalSilo>();
        try
        {
            while (await server.StandardOutput.ReadLineAsync() is { } line && !line.Contains("eady to accept connections")) ;
            string[] clustering =
            [
                "--Orleans:Clustering:ProviderType", "Redis", "--Orleans:Clustering:ConnectionString", $"127.0.0.1:{redis}",
                "--Orleans:GrainStorage:counters:ProviderType", "Redis",
                "--Orleans:GrainStorage:counters:ConnectionString", $"127.0.0.1:{redis}",
            ];
            for (var number = 1; number <= 3; number++)
            {
                silos.Add(Start($"silo {number}", IPAddress.Loopback, "through-redis", clustering));
                await silos[^1].JoinAsync(JoinLimit, CancellationToken.None);
            }

            using var host = Client("through-redis",
                [new("Orleans:Clustering:ProviderType", "Redis"), new("Orleans:Clustering:ConnectionString", $"127.0.0.1:{redis}")]);
            await host.StartAsync();
            var client = host.Services.GetRequiredService<IClusterClient>();
            var counters = Enumerable.Range(0, 24).Select(key => client.GetGrain<ICounterGrain>($"counter {key}")).ToList();
            foreach (var counter in counters) await counter.AddStoredAsync();
            var homes = await Task.WhenAll(counters.Select(counter => counter.PidAsync()));
            await silos[2].KillAsync();
            var values = await Task.WhenAll(counters.Select(counter =>
                Retry.UntilAnsweredAsync(() => counter.AddOnceAsync(Guid.NewGuid()))));

            homes.Distinct().Should().BeEquivalentTo(silos.Select(silo => silo.Pid));
            values.Should().OnlyContain(value => value >= 2, "Redis kept the stored numbers");
        }
        finally
        {
            await Task.WhenAll(silos.Select(silo => silo.KillAsync()));
            server.Kill();
        }
    }

    [Fact]
    public async Task A_database_that_cannot_be_reached_is_named()
    {
        var silo = Start("silo 1", IPAddress.Loopback, "through-database",
            ["--Orleans:Clustering:ProviderType", "AdoNet", "--Orleans:Clustering:Invariant", "Npgsql",
             "--Orleans:Clustering:ConnectionString", $"Host=127.0.0.1;Port={FreePort()};Timeout=2",
             "--Orleans:GrainStorage:counters:ProviderType", "Memory"]);

        var join = () => silo.JoinAsync(JoinLimit, CancellationToken.None);

        (await join.Should().ThrowAsync<ClusterException>())
            .WithMessage("silo 1 (process *) exited with code * before it had joined*Npgsql*");
    }

    [Fact]
    public async Task A_machine_whose_cable_is_pulled_loses_its_grains_to_another_one()
    {
        await using var network = await Namespaces.TryCreateAsync(machines: 3);
        Assert.SkipWhen(network.Why is not null, $"No network namespaces can be made here: {network.Why}");
        var keeper = new IPEndPoint(Namespaces.Address(0), 11111);
        string[] clustering =
            ["--Orleans:Clustering:ProviderType", "Development", "--Orleans:Clustering:PrimarySiloEndPoint", $"{keeper}"];
        var silos = new List<LocalSilo>();
        try
        {
            for (var machine = 0; machine < 3; machine++)
            {
                var (name, address) = ($"machine {machine}", Namespaces.Address(machine));
                silos.Add(new LocalSilo(name, new(address, 11111), new(address, 30000),
                    [
                        .. Arguments(name, address, 11111, 30000, "in-namespaces"), .. clustering,
                        "--LocalRole", machine == 0 ? SiloProgram.Keeper : "silo", "--Orleans:GrainStorage:counters:ProviderType", "Memory",
                    ],
                    ["ip", "netns", "exec", network.Name(machine)]));
                await silos[^1].JoinAsync(JoinLimit, CancellationToken.None);
            }

            await using var client = new ClusterClient("in-namespaces", silos[0].Gateway, Patience);
            await client.ConnectAsync(CancellationToken.None);
            await client.SeeAsync(known => silos.All(silo => known.Contains(silo.Address)), CancellationToken.None);
            var grains = Enumerable.Range(0, 32).Select(key => client.Orleans.GetGrain<IComputeGrain>(key)).ToList();
            var before = await Task.WhenAll(grains.Select(grain => grain.WaitAsync(TimeSpan.Zero)));
            await network.PullCableAsync(2);
            var after = await Task.WhenAll(grains.Select(grain => Retry.UntilAnsweredAsync(() => grain.WaitAsync(TimeSpan.Zero))));

            before.Select(answer => answer.Silo).Distinct().Should().BeEquivalentTo("machine 1", "machine 2");
            after.Should().OnlyContain(answer => answer.Silo == "machine 1");
        }
        finally
        {
            await Task.WhenAll(silos.Select(silo => silo.KillAsync()));
        }
    }

    private static LocalSilo Start(string name, IPAddress address, string cluster, string[] clustering)
    {
        var (port, gateway) = (FreePort(), FreePort());
        string[] arguments = [.. Arguments(name, address, port, gateway, cluster), .. clustering];
        return new LocalSilo(name, new(address, port), new(address, gateway), arguments);
    }

    private static IEnumerable<string> Arguments(string name, IPAddress address, int port, int gateway, string cluster) =>
    [
        "--Orleans:Name", name, "--Orleans:ClusterId", cluster, "--Orleans:ServiceId", cluster,
        "--Orleans:Endpoints:AdvertisedIPAddress", $"{address}", "--Orleans:Endpoints:SiloPort", $"{port}",
        "--Orleans:Endpoints:GatewayPort", $"{gateway}", .. LocalCluster.QuickMembership,
    ];

    private static IHost Client(string cluster, KeyValuePair<string, string?>[] clustering)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection([.. clustering, new("Orleans:ClusterId", cluster), new("Orleans:ServiceId", cluster)]);
        builder.UseOrleansClient();
        return builder.Build();
    }

    private static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    private static int FreePort()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)listener.LocalEndPoint!).Port;
    }
}
