using System.Diagnostics;

namespace ConcurrencyNotebooks;

public static partial class Waits
{
    // A thread that only waits calls nothing deep. The default reserves 1.5 MB for each, more than an address space limit may allow.
    private const int StackBytes = 256 * 1024;

    /// <summary>Awaits that many delays at once: none keeps a thread.</summary>
    /// <param name="count">How many; at least 1.</param>
    /// <param name="duration">How long each takes.</param>
    public static async Task<ManyWaits> ManyAsync(int count, TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var memory = new MemoryGrowth();
        var start = Stopwatch.GetTimestamp();
        var waits = new Task[count];
        for (var i = 0; i < count; i++) waits[i] = DelayAsync(duration);
        var bytes = memory.Bytes();
        await Task.WhenAll(waits);
        return new(count, Stopwatch.GetElapsedTime(start), bytes);
    }

    /// <summary>Blocks that many threads at once, each started for its wait.</summary>
    /// <param name="count">How many; at least 1. Some thousands are where it hurts; the system may refuse more.</param>
    /// <param name="duration">How long each takes, from when all have started.</param>
    /// <exception cref="OutOfMemoryException">The system refused a thread; those that were started have ended.</exception>
    public static ManyWaits ManyThreads(int count, TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var memory = new MemoryGrowth();
        var start = Stopwatch.GetTimestamp();
        using var started = new CountdownEvent(count);
        using var go = new ManualResetEventSlim();
        var threads = new List<Thread>(count);
        long bytes;
        try
        {
            while (threads.Count < count)
            {
                var thread = new Thread(() =>
                {
                    started.Signal();
                    go.Wait();
                    Blocking(duration);
                }, StackBytes)
                { IsBackground = true };
                thread.Start();
                threads.Add(thread);
            }

            started.Wait();
            bytes = memory.Bytes();
        }
        finally
        {
            // Whoever got so far is let go, also when the next one could not be started.
            go.Set();
            threads.ForEach(thread => thread.Join());
        }

        return new(count, Stopwatch.GetElapsedTime(start), bytes);
    }

    // The working set alone would say that what fits into memory the process already has costs nothing; the managed heap alone would
    // leave out the stacks of threads. What grew more is closer to the truth.
    private sealed class MemoryGrowth
    {
        private readonly long _heap = GC.GetTotalMemory(forceFullCollection: true);
        private readonly long _workingSet = Environment.WorkingSet;

        public long Bytes() => Math.Max(0, Math.Max(GC.GetTotalMemory(forceFullCollection: false) - _heap, Environment.WorkingSet - _workingSet));
    }
}
