using System.Diagnostics.CodeAnalysis;
using BenchmarkDotNet.Attributes;

namespace Benchmarks;

/// <summary>What it costs to record a span: under a microsecond, alone and among threads, far below what spans measure.</summary>
[MemoryDiagnoser]
[SuppressMessage("Performance", "CA1822", Justification = "A benchmark is an instance method.")]
public class TimelineBenchmarks
{
    private const int Spans = 10_000;
    private const int Threads = 4;

    /// <summary>Opening and ending a span on one thread.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Spans)]
    public Timeline OneThread()
    {
        var timeline = new Timeline("one thread");
        Record(timeline);
        return timeline;
    }

    /// <summary>The same on four threads that record at once; the time is that of all spans divided by their number.</summary>
    [Benchmark(OperationsPerInvoke = Threads * Spans)]
    public Timeline FourThreads()
    {
        var timeline = new Timeline("four threads");
        var threads = Enumerable.Range(0, Threads).Select(_ => new Thread(() => Record(timeline))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return timeline;
    }

    private static void Record(Timeline timeline)
    {
        for (var i = 0; i < Spans; i++) timeline.Span("work", ConcurrencyModel.Threads).Dispose();
    }
}
