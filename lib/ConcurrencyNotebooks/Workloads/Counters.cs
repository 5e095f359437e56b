using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ConcurrencyNotebooks;

/// <summary>Threads that increment one counter, started together: they lose increments without protection, and time with it.</summary>
/// <remarks>
/// In every method <c>threads</c> (at least 1) dedicated threads make <c>increments</c> increments each. All of them read
/// and write the counter in memory at every step: a compiler may otherwise count in a register and store once at the end.
/// </remarks>
/// <example>
/// <code>
/// Counters.Plain(threads: 2, increments: 1_000_000).Lost      // how many, nobody knows
/// </code>
/// <code>
/// Counters.WithLock(threads: 2, increments: 1_000_000).Lost   // 0
/// </code>
/// </example>
public static partial class Counters
{
    /// <summary><c>counter++</c>: reads, adds and writes, and whatever others wrote in between is overwritten.</summary>
    public static CounterResult Plain(int threads, long increments)
    {
        var counter = new Counter();
        return Race(threads, increments, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (_) =>
        {
            for (long i = 0; i < increments; i++)
                counter.Increment();
        }, () => counter.Value);
    }

    /// <summary><see cref="Interlocked.Increment(ref long)"/>: one indivisible step of the processor.</summary>
    public static CounterResult WithInterlocked(int threads, long increments)
    {
        var counter = new Counter();
        return Race(threads, increments, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (_) =>
        {
            for (long i = 0; i < increments; i++)
                Interlocked.Increment(ref counter.Value);
        }, () => counter.Value);
    }

    /// <summary><c>lock (gate) counter++;</c>: one thread at a time.</summary>
    public static CounterResult WithLock(int threads, long increments)
    {
        var counter = new Counter();
        var gate = new Lock();
        return Race(threads, increments, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (_) =>
        {
            for (long i = 0; i < increments; i++)
            {
                lock (gate)
                    counter.Increment();
            }
        }, () => counter.Value);
    }

    /// <summary>A counter for each thread, summed at the end: nothing is shared, so nothing needs protection.</summary>
    public static CounterResult PerThread(int threads, long increments)
    {
        var counters = new PaddedCounter[Math.Max(threads, 0)];
        return Race(threads, increments, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (thread) =>
        {
            ref var counter = ref counters[thread];
            for (long i = 0; i < increments; i++)
                Volatile.Write(ref counter.Value, Volatile.Read(ref counter.Value) + 1);
        }, () => counters.Sum(counter => counter.Value));
    }

    private static CounterResult Race(int threads, long increments, Action<int> work, Func<long> counted)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        ArgumentOutOfRangeException.ThrowIfNegative(increments);
        var start = 0L;

        // The last to arrive starts the clock before it lets the others go: no thread has a head start.
        using var together = new Barrier(threads, _ => start = Stopwatch.GetTimestamp());
        var started = Enumerable.Range(0, threads).Select(thread => new Thread(() =>
        {
            together.SignalAndWait();
            work(thread);
        })
        { IsBackground = true, Name = $"counter-{thread + 1}" }).ToList();

        started.ForEach(thread => thread.Start());
        started.ForEach(thread => thread.Join());
        return new CounterResult(threads * increments, counted(), Stopwatch.GetElapsedTime(start));
    }

    private sealed class Counter
    {
        public long Value;

        /// <summary>What <c>Value++</c> is: a read, an addition, a write. Volatile, so that each of them happens at every step.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Increment() => Volatile.Write(ref Value, Volatile.Read(ref Value) + 1);
    }

    /// <summary>Fills two cache lines, which processors fetch in pairs: neighbours would slow each other down as if they shared.</summary>
    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Sequential, Size = 128)]
    private struct PaddedCounter
    {
        public long Value;
    }
}
