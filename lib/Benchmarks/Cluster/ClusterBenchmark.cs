using Cluster;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Benchmarks;

/// <summary>
/// Calls a second through a <see cref="LocalCluster"/>, beside Orleans's own benchmark of the same calls in the same run: a hundred
/// workers, each with a grain that does nothing, five hundred calls one after the other. (PingConcurrent in test/Benchmarks/Ping of
/// dotnet/orleans; there the silo and the client share one process.) And how long three silos and a client take to start.
/// </summary>
internal static class ClusterBenchmark
{
    private const int Workers = 100;
    private const int CallsPerWorker = 500;
    private const int Starts = 10;

    /// <summary>Prints the table. It has no exit code but 0: there is nothing to be reached, only something to know.</summary>
    public static async Task<int> RunAsync()
    {
        Console.WriteLine($"{Workers} grains, {CallsPerWorker} calls of each, on {Machine.Description}");
        await MeasureStartsAsync();
        using var silo = Quiet().UseOrleans(builder => builder.UseLocalhostClustering()).Build();
        await silo.StartAsync();
        using var client = Quiet().UseOrleansClient(builder => builder.UseLocalhostClustering()).Build();
        await client.StartAsync();
        await using var one = await LocalCluster.StartAsync(silos: 1);
        await using var three = await LocalCluster.StartAsync(silos: 3);

        var calls = new Comparison($"{Workers * CallsPerWorker:N0} calls");
        var reference = calls.Add("Orleans's benchmark", null, () => PingAsync(client.Services.GetRequiredService<IClusterClient>()));
        var ofOne = calls.Add("one silo", ConcurrencyModel.Processes, () => PingAsync(one.Client));
        var ofThree = calls.Add("three silos", ConcurrencyModel.Processes, () => PingAsync(three.Client));
        Console.WriteLine(await calls.MeasureAsync());
        foreach (var timing in calls.Timings)
            Console.WriteLine($"{timing.Name}: {Workers * CallsPerWorker / timing.Median.TotalSeconds:N0} calls a second");
        Console.WriteLine($"One silo is {ofOne.Over(reference)}, three silos are {ofThree.Over(reference)}, as Orleans's benchmark.");
        await client.StopAsync();
        await silo.StopAsync();
        return 0;
    }

    // Their log would stand between the lines of the table.
    private static IHostBuilder Quiet() => Host.CreateDefaultBuilder().ConfigureLogging(logging => logging.ClearProviders());

    private static async Task MeasureStartsAsync()
    {
        var seconds = new List<double>();
        for (var start = 0; start < Starts; start++)
        {
            var began = Stopwatch.GetTimestamp();
            await using var cluster = await LocalCluster.StartAsync(silos: 3);
            seconds.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
        }

        seconds.Sort();
        Console.WriteLine($"{Starts} starts of three silos and a client: "
            + $"median {seconds[Starts / 2]:0.0} s, {seconds[0]:0.0} to {seconds[^1]:0.0} s");
    }

    private static Task PingAsync(IClusterClient client) =>
        Task.WhenAll(Enumerable.Range(0, Workers).Select(async key =>
        {
            var grain = client.GetGrain<IComputeGrain>(key);
            for (var i = 0; i < CallsPerWorker; i++) await grain.PingAsync();
        }));
}
