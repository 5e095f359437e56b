using System.Diagnostics;
using System.Runtime.CompilerServices;
using Orleans.Placement;

namespace Cluster;

// Orleans looks for the silo with the most to spare; at random is easier to predict and to see.
[RandomPlacement]
internal sealed class ComputeGrain(ILocalSiloDetails silo) : Grain, IComputeGrain
{
    private static readonly HttpClient Http = new();

    public Task<Answer<int>> CountPrimesAsync(int first, int below)
    {
        var began = Stopwatch.GetTimestamp();
        return Task.FromResult(Answer(CountPrimes(first, below), began));
    }

    public async Task<Answer<int>> FetchAsync(Uri page)
    {
        var began = Stopwatch.GetTimestamp();
        return Answer((await Http.GetStringAsync(page)).Length, began);
    }

    public async Task<Answer<int>> WaitAsync(TimeSpan time)
    {
        var began = Stopwatch.GetTimestamp();
        await Task.Delay(time);
        return Answer(0, began);
    }

    public ValueTask PingAsync() => default;

    // By trial division, as everywhere in the tutorial.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int CountPrimes(int first, int below)
    {
        var count = 0;
        for (var number = Math.Max(2, first); number < below; number++)
        {
            var divisor = 2;
            while ((long)divisor * divisor <= number && number % divisor != 0) divisor++;
            if ((long)divisor * divisor > number) count++;
        }

        return count;
    }

    private Answer<int> Answer(int value, long began) =>
        new(value, silo.Name, Environment.ProcessId, began, Stopwatch.GetTimestamp());
}
