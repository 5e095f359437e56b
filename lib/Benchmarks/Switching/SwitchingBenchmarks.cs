using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using OutOfProcess;

namespace Benchmarks;

/// <summary>What it costs to hand over work that does nothing. The name of a method begins with the model that it belongs to.</summary>
/// <remarks>
/// Where a handing-over is short, one measured operation makes many of them in one async method: otherwise what is measured is
/// BenchmarkDotNet's own waiting for a task, which takes longer. It measures in its own process and in short iterations, because a
/// notebook waits for the result; the error reported with it says what that costs in certainty.
/// </remarks>
[InProcess, WarmupCount(3), IterationCount(8), IterationTime(60), EvaluateOverhead(false)]
[MemoryDiagnoser(displayGenColumns: false), JsonExporterAttribute.Brief]
[SuppressMessage("Performance", "CA1822", Justification = "A benchmark is an instance method.")]
[SuppressMessage("Design", "CA1001", Justification = "BenchmarkDotNet calls the cleanup.")]
public class SwitchingBenchmarks
{
    private const int Many = 1000;

    private ProcessPool? _pool;

    /// <summary>Starts the one worker, which is not part of a call.</summary>
    [GlobalSetup(Target = nameof(ProcessesCall))]
    public async Task StartPool()
    {
        _pool = new ProcessPool(workers: 1);
        await _pool.RunAsync(PoolTasks.Negate, 1);
    }

    /// <summary>Ends it.</summary>
    [GlobalCleanup(Target = nameof(ProcessesCall))]
    public async Task EndPool() => await _pool!.DisposeAsync();

    /// <summary>An async call that has its result already: no switch happens.</summary>
    [Benchmark(Description = "await, complete at once", OperationsPerInvoke = Many)]
    public async Task<int> AsyncCompleted()
    {
        var sum = 0;
        for (var i = 0; i < Many; i++) sum += await CompletedAsync(i);
        return sum;
    }

    /// <summary>An await that gives way to others and goes on when its turn comes.</summary>
    [Benchmark(Description = "await that yields", OperationsPerInvoke = Many)]
    public async Task AsyncYield()
    {
        for (var i = 0; i < Many; i++) await Task.Yield();
    }

    /// <summary>A task handed to the thread pool, and its result awaited.</summary>
    [Benchmark(Description = "task on the pool", OperationsPerInvoke = Many)]
    public async Task<int> ThreadsPool()
    {
        var sum = 0;
        for (var i = 0; i < Many; i++) sum += await Task.Run(static () => 1);
        return sum;
    }

    /// <summary>A thread made for one piece of work.</summary>
    [Benchmark(Description = "thread, started and joined")]
    public int ThreadsStartAndJoin()
    {
        var result = 0;
        var thread = new Thread(() => result = 1);
        thread.Start();
        thread.Join();
        return result;
    }

    /// <summary>A call into a process that already runs: the argument goes there and the result comes back.</summary>
    [Benchmark(Description = "call into a process", OperationsPerInvoke = Many)]
    public async Task<int> ProcessesCall()
    {
        var sum = 0;
        for (var i = 0; i < Many; i++) sum += await _pool!.RunAsync(PoolTasks.Negate, i);
        return sum;
    }

    // Never inlined into the loop, and its task is one that the runtime keeps ready only for small numbers, as in real code.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<int> CompletedAsync(int value)
    {
        await Task.CompletedTask;
        return value;
    }
}
