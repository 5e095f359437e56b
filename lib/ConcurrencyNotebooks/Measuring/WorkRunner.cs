using System.Runtime.CompilerServices;

namespace ConcurrencyNotebooks;

/// <summary>Runs works by the clock of this machine. Tests put a simulated machine in its place.</summary>
internal class WorkRunner
{
    /// <summary>About 10 ms: a host gives a virtual machine its second core some milliseconds after that has begun to use it.</summary>
    private const long Terms = 40_000_000;

    // In bytes; half of the smallest budget after which the collector comes by itself.
    private const long NextToNothing = 128 * 1024;

    private readonly long _start = Stopwatch.GetTimestamp();
    private long _allocatedAtLastCollection = -NextToNothing;

    public virtual int Cores => Machine.Cores;

    public virtual TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    public virtual Task<TimeSpan> RunAsync(Timing timing)
    {
        CollectGarbage();
        return timing.Work!();
    }

    public virtual TimeSpan RunLoops(int count)
    {
        var start = Stopwatch.GetTimestamp();
        var threads = Enumerable.Range(0, count).Select(_ => new Thread(() => Loop())).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return Stopwatch.GetElapsedTime(start);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long Loop()
    {
        long sum = 0;
        for (long i = 0; i < Terms; i++)
            sum = unchecked(sum + (i * i));
        return sum;
    }

    // What one work left behind must not be collected on the clock of the next. Where that was next to nothing, a collection would only
    // take longer than the work itself and leave it cold caches.
    private void CollectGarbage()
    {
        if (GC.GetTotalAllocatedBytes() - _allocatedAtLastCollection <= NextToNothing) return;
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        _allocatedAtLastCollection = GC.GetTotalAllocatedBytes();
    }
}
