using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Cluster.Tests;

/// <summary>Silos are killed under calls that may be repeated: every result is right, and none is missing.</summary>
/// <remarks>CLUSTER_KILLS=1000 in the environment makes it the stress: 1,000 kills under 100,000 calls.</remarks>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int CallsPerKill = 50;
    private const int Callers = 32;
    private const int Silos = 4;

    // A start takes longer than a kill: more of them at once fill the cores, and take longer each.
    private const int StartedAhead = 3;

    [Fact]
    public async Task Every_call_that_is_repeated_until_it_is_answered_counts_once_while_silos_are_killed()
    {
        var kills = int.Parse(Environment.GetEnvironmentVariable("CLUSTER_KILLS") ?? "3", CultureInfo.InvariantCulture);
        await using var cluster = await LocalCluster.StartAsync(Silos, TimeSpan.FromSeconds(2));
        var (calls, start) = (kills * CallsPerKill, Stopwatch.GetTimestamp());
        var (repeated, slowest, wrong) = (0, new ConcurrentBag<TimeSpan>(), 0);
        using var allowed = new SemaphoreSlim(0);
        using var next = new BlockingCollection<int>();
        foreach (var call in Enumerable.Range(0, calls)) next.Add(call);
        next.CompleteAdding();

        var callers = Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            foreach (var call in next.GetConsumingEnumerable())
            {
                await allowed.WaitAsync();
                var began = Stopwatch.GetTimestamp();
                var (counter, operation) = (cluster.Client.GetGrain<ICounterGrain>($"{call % kills}"), Guid.NewGuid());
                await Retry.UntilAnsweredAsync(() => counter.AddOnceAsync(operation), () => Interlocked.Increment(ref repeated));
                var computing = cluster.Client.GetGrain<IComputeGrain>(call);
                var primes = await Retry.UntilAnsweredAsync(
                    () => computing.CountPrimesAsync(1, 1_000), () => Interlocked.Increment(ref repeated));
                if (primes.Value != 168) Interlocked.Increment(ref wrong);
                slowest.Add(Stopwatch.GetElapsedTime(began));
            }
        })).ToList();
        var starting = new Queue<Task<LocalSilo>>();
        for (var kill = 0; kill < kills; kill++)
        {
            allowed.Release(CallsPerKill);
            while (starting.Count < Math.Min(StartedAhead, kills - kill)) starting.Enqueue(cluster.AddSiloAsync());
            await cluster.Silos[Random.Shared.Next(Silos)].KillAsync(); // The oldest ones have joined.
            await starting.Dequeue();
            if (kill % 50 == 49) output.WriteLine($"{kill + 1} kills after {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s");
        }

        await Task.WhenAll(callers);
        var values = await Task.WhenAll(Enumerable.Range(0, kills).Select(key =>
            Retry.UntilAnsweredAsync(cluster.Client.GetGrain<ICounterGrain>($"{key}").ValueAsync)));

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        output.WriteLine($"{kills:N0} kills, {2 * calls:N0} calls, {repeated:N0} repeated, {seconds:0} s in all");
        output.WriteLine($"slowest pair of calls {slowest.Max().TotalSeconds:0.0} s");
        slowest.Should().HaveCount(calls);
        wrong.Should().Be(0);
        values.Should().OnlyContain(value => value == CallsPerKill, "each counter was counted up once by each of its operations");
    }
}
