using BenchmarkDotNet.Attributes;
using OutOfProcess;

#pragma warning disable CA1822 // BenchmarkDotNet calls instance methods only.
#pragma warning disable CA1001 // And it ends what was set up by calling the cleanup.

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
    private const int Some = 100;

    private ProcessPool? _pool;

    /// <summary>Starts the one worker, which is not part of a call.</summary>
    [GlobalSetup(Target = nameof(CallIntoProcess))]
    public async Task StartPool()
    {
        _pool = new ProcessPool(workers: 1);
        await _pool.RunAsync(PoolTasks.Length, Array.Empty<byte>());
    }

    /// <summary>Ends it.</summary>
    [GlobalCleanup(Target = nameof(CallIntoProcess))]
    public async Task EndPool() => await _pool!.DisposeAsync();

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

    /// <summary>A call into a process that already runs: the argument goes there and the result comes back.</summary>
    [Benchmark(Description = "call into a process", OperationsPerInvoke = Some)]
    [Shows(ConcurrencyModel.Processes)]
    public async Task<int> CallIntoProcess()
    {
        var sum = 0;
        for (var i = 0; i < Some; i++) sum += await _pool!.RunAsync(PoolTasks.Length, Array.Empty<byte>());
        return sum;
    }

    // Never inlined into the loop, and its task is one that the runtime keeps ready only for small numbers, as in real code.
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static async Task<int> CompletedAsync(int value)
    {
        await Task.CompletedTask;
        return value;
    }
}
