using BenchmarkDotNet.Attributes;

#pragma warning disable CA1822 // BenchmarkDotNet calls instance methods only.

namespace ConcurrencyNotebooks.Benchmarks;

/// <summary>What it costs to hand over a piece of work that does nothing, from a plain call to a call into another process.</summary>
/// <remarks>
/// Where a handing-over is short, one measured operation makes many of them in one async method: otherwise what is measured
/// is BenchmarkDotNet's own waiting for a task, which takes longer.
/// </remarks>
[MemoryDiagnoser(displayGenColumns: false)]
public class SwitchingBenchmarks
{
    private const int Many = 1000;

    /// <summary>An async call that has its result already: no switch happens.</summary>
    [Benchmark(Description = "await, complete at once", OperationsPerInvoke = Many)]
    [Shows(ConcurrencyModel.Async)]
    public async Task<int> AwaitCompleted()
    {
        var sum = 0;
        for (var i = 0; i < Many; i++) sum += await CompletedAsync(i);
        return sum;
    }

    /// <summary>An await that gives way to others and goes on when its turn comes.</summary>
    [Benchmark(Description = "await that yields", OperationsPerInvoke = Many)]
    [Shows(ConcurrencyModel.Async)]
    public async Task AwaitYield()
    {
        for (var i = 0; i < Many; i++) await Task.Yield();
    }

    /// <summary>A task handed to the thread pool, and its result awaited.</summary>
    [Benchmark(Description = "task on the pool", OperationsPerInvoke = Many)]
    [Shows(ConcurrencyModel.Threads)]
    public async Task<int> TaskOnPool()
    {
        var sum = 0;
        for (var i = 0; i < Many; i++) sum += await Task.Run(static () => 1);
        return sum;
    }

    /// <summary>A thread made for one piece of work.</summary>
    [Benchmark(Description = "thread, started and joined")]
    [Shows(ConcurrencyModel.Threads)]
    public int ThreadStartJoin()
    {
        var result = 0;
        var thread = new Thread(() => result = 1);
        thread.Start();
        thread.Join();
        return result;
    }

    // Never inlined into the loop, and its task is one that the runtime keeps ready only for small numbers, as in real code.
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static async Task<int> CompletedAsync(int value)
    {
        await Task.CompletedTask;
        return value;
    }
}
