using System.Diagnostics;

namespace ConcurrencyNotebooks.Tests;

/// <summary>One picture of every kind and every awkward case, from fixed numbers: for the snapshots and for the browser.</summary>
public static class Gallery
{
    private const string Machine = "Example 3000 with 2 cores, Linux, .NET 10";

    // Above the largest process id that Linux gives, so never that of the test itself.
    private const int FirstProcess = 4_194_305;

    private static readonly string[] AwkwardNames =
    [
        "ten thousand increments under the interpreter lock, with the switch interval at five milliseconds",
        "asyncio", "スレッドプールによる並行処理（最大100ワーカー）", "a<b & \"c\"", "日本語", "W", "ProcessPoolExecutor.map(chunksize=256)",
        "Parallel.ForEachAsync over a channel", "two\nlines", "é̂ combining",
        "SupercalifragilisticexpialidociousSupercalifragilisticexpialidocious", "12th",
    ];

    public static IEnumerable<string> Names => Pictures.Keys;

    internal static Dictionary<string, Func<Picture>> Pictures { get; } = new()
    {
        ["bars-two"] = () => Bars([("sequential", 1.0), ("threads", 0.104)], "s", "time"),
        ["bars-models"] = Models,
        ["bars-long-names"] = () => Bars([.. AwkwardNames.Select((name, i) => (name, 0.0123 * (i + 1)))], "s", "time"),
        ["bars-two-long-names"] = () => Stalls(atLeast: 34e-6, atMost: 0.1),
        ["bars-within-two-decades"] = () => Stalls(atLeast: 0.02, atMost: 0.25),
        ["bars-japanese"] = () => ChartSpec.Bars(
            "三つの並行処理モデル：同じ仕事にかかる時間",
            [("逐次", 1.02), ("スレッド", 0.11), ("プロセス", 0.31), ("非同期", 0.101)], "s", "経過時間", subtitle: Machine),
        ["bars-logarithmic"] = () => Bars(
            [("switch a task", 1.1e-7), ("switch a thread", 2.4e-6), ("message to a process", 6.2e-5), ("start a process", 0.031)],
            "s", "time", true),
        ["bars-logarithmic-zero"] = () => Bars(
            [("nothing", 0), ("less than nothing", -5), ("10 MB", 1e7), ("640 kB", 640e3)], "B", "memory", true),
        ["bars-odd"] = () => Bars(
            [
                ("zero", 0), ("negative", -1250), ("not a number", double.NaN), ("infinite", double.PositiveInfinity),
                ("positive", 2_000_000),
            ], "", "increments"),
        ["bars-negative"] = () => Bars([("one", -3.5), ("two", -1)], "%"),
        ["bars-empty"] = () => Bars([], "s"),
        ["bars-zero"] = () => Bars([("only", 0)], "s"),
        ["bars-nan"] = () => Bars([("only", double.NaN)], "s"),
        ["lines-speedup"] = Speedup,
        ["lines-logarithmic"] = () => ChartSpec.Lines(
            "Concurrent waits", new ChartAxis("waits at once", "", true), new ChartAxis("time for all of them", "s", true),
            [
                new(
                    "Task.Delay", [(1, 0.1), (10, 0.1), (100, 0.101), (1000, 0.103), (10_000, 0.11), (100_000, 0.126)],
                    ConcurrencyModel.Async),
                new(
                    "fixed pool of 100 threads", [(1, 0.1), (10, 0.1), (100, 0.104), (1000, 1.01), (10_000, 10.1), (100_000, 101)],
                    ConcurrencyModel.Threads),
                new("one after the other", [(0, 0), (1, 0.1), (10, 1.0), (100, 10.0)], ConcurrencyModel.Sequential),
            ], subtitle: Machine),
        ["lines-close"] = () => ChartSpec.Lines(
            "Lines that end together", new ChartAxis("run"), new ChartAxis("surviving increments"),
            [.. Enumerable.Range(0, 7).Select(i => new ChartLine(
                $"version 3.{i + 6} with a long name",
                [.. Enumerable.Range(1, 12).Select(run => ((double)run, 2_000_000.0 - i * 900 * (12 - run)))]))],
            subtitle: Machine),
        ["lines-odd"] = () => ChartSpec.Lines(
            "Holes and single points", new ChartAxis("x"), new ChartAxis("y", "ms"),
            [
                new("with a hole", [(1, 2), (2, double.NaN), (3, -2), (4, 1)]), new("single", [(2.5, 1.5)]), new("empty", []),
                new("ends early", [(1, 0), (2, 0.5)]),
            ],
            subtitle: Machine),
        ["lines-one-point"] = () => ChartSpec.Lines("One point", new ChartAxis(), new ChartAxis(), [new("one", [(3, 3)])], subtitle: ""),
        ["lines-empty"] = () => ChartSpec.Lines("Nothing", new ChartAxis(), new ChartAxis(), [], subtitle: Machine),
        ["lines-steps"] = () => ChartSpec.Lines(
            "Threads of the built-in pool", new ChartAxis("time", "s"), new ChartAxis("threads"),
            [
                new("threads", [(0, 2), (0.5, 3), (1, 4), (1.5, 6), (2, 6)], ConcurrencyModel.Threads, Shape: LineShape.Steps),
                new("runs", [(0.1, 2), (0.6, 2.5), (0.7, 4.5), (1.8, 5)], Shape: LineShape.Dots),
            ]),
        ["lines-versions"] = () => ChartSpec.Lines(
            "What two Python threads count",
            new ChartAxis("CPython", Categories: ["3.6", "3.9", "3.10", "3.13", "3.14t"]), new ChartAxis("counted"),
            [
                new("expected", [(0, 2e6), (4, 2e6)], IsReference: true),
                new(
                    "counter += 1", [(0, 1.3e6), (0, 1.4e6), (1, 1.35e6), (2, 2e6), (3, 2e6), (4, 1.1e6)], ConcurrencyModel.Threads,
                    Shape: LineShape.Dots),
            ]),
        ["lines-twenty-thousand"] = () => ChartSpec.Lines(
            "20,000 points", new ChartAxis("x"), new ChartAxis("y"),
            [new("wave", Enumerable.Range(0, 20_000).Select(i => ((double)i, Math.Sin(i / 900.0) + (i == 7_777 ? 3 : 0))))]),
        ["heatmap"] = () => ChartSpec.HeatMap(
            "Which model suits which work",
            [("Twenty questions to an API", [0.2, 0.011, 0.031, 0.0103]), ("四つの長い計算", [0.2, 0.11, 0.14, double.NaN])],
            ["sequential", "threads", "processes", "async"], "s", logarithmic: true),
        ["bars-guesses"] = () => ChartSpec.Bars(
            "Guessed and measured",
            [
                new("four threads", 0.101, Model: ConcurrencyModel.Threads, Runs: [0.1, 0.1004, 0.13, 0.101], Guess: 0.2),
                new("in sequence", 0.4, 0.38, 0.43, ConcurrencyModel.Sequential, Guess: 0.4),
            ], new ChartAxis("time", "s")),
        ["timeline-threads"] = Threads,
        ["timeline-models"] = ThreeModels,
        ["timeline-async"] = Async,
        ["timeline-lanes"] = ManyLanes,
        ["timeline-thousand"] = () => Spans(1_000, lanes: 8),
        ["timeline-empty"] = () => new Timeline("Nothing yet"),
        ["tree"] = () => Choose.Tree,
        ["tree-waits"] = () => Choose.For(
            new Workload("Fetch 1,000 pages with a blocking client", WorkloadKind.IoBound) { ManyAtOnce = true }),
        ["tree-computes"] = () => Choose.For(new Workload("素数を数える", WorkloadKind.CpuBound) { ParallelNeeded = true }),
        ["benchmarks"] = () => new BenchmarkReport("What it costs to hand over work", Machine,
        [
            new("await, complete at once", ConcurrencyModel.Async, 21.5, 0.4, 71),
            new("thread, started and joined", ConcurrencyModel.Threads, 48_300, 900, 216),
            new("call into a process", ConcurrencyModel.Processes, 30_100, 31_000, null),
        ]),
    };

    internal static Timeline Spans(int count, int lanes)
    {
        var timeline = new Timeline($"{count} spans");
        for (var i = 0; i < count; i++)
        {
            var start = TimeSpan.FromMicroseconds(i / lanes * 730 + i % lanes * 110);
            timeline.Add(
                $"task {i}", $"thread {i % lanes + 4}", start, start + TimeSpan.FromMicroseconds(200 + i * 37 % 500),
                ConcurrencyModel.Threads, waiting: i % 3 == 0);
        }

        return timeline;
    }

    private static ChartSpec Bars((string, double)[] bars, string unit, string axis = "", bool logarithmic = false) =>
        ChartSpec.Bars($"{bars.Length} bars", bars, unit, axis, logarithmic, Machine);

    private static Comparison Models()
    {
        var waits = new Comparison("Ten waits of 0.1 s");
        var sequence = waits.AddTimes("sequential", ConcurrencyModel.Sequential, Milliseconds(1004, 1003, 1010, 1003, 1002, 1003, 1004));
        var threads = waits.AddTimes("threads", ConcurrencyModel.Threads, Milliseconds(104, 180, 101, 102, 103, 102, 104));
        waits.AddTimes("processes", ConcurrencyModel.Processes, Milliseconds(310, 250, 420));
        waits.AddTimes("async", ConcurrencyModel.Async, Milliseconds(101));
        waits.ClaimSpeedup("Threads overlap ten waits", threads, over: sequence, atLeast: 5);
        return waits;
    }

    // Names of four lines, and dots on a logarithmic axis.
    private static Comparison Stalls(double atLeast, double atMost)
    {
        var stalls = new Comparison("The longest stall of a heartbeat");
        foreach (var (name, seconds) in new[] { ("beside await Task.Delay(100)", atLeast), ("beside Thread.Sleep(100)", atMost) })
        {
            stalls.AddTimes(
                name, ConcurrencyModel.Async, Enumerable.Range(-3, 7).Select(i => seconds * TimeSpan.FromSeconds(1 + (i / 9.0))));
        }

        stalls.ClaimSpeedup("A blocking call stalls the heartbeat", stalls.Timings[0], over: stalls.Timings[1], atLeast: 3);
        return stalls;
    }

    private static ChartSpec Speedup() => ChartSpec.Lines(
        "Speedup by workers", new ChartAxis("workers"), new ChartAxis("speedup", "×"),
        [
            new("ideal", [(1, 1), (8, 8)], IsReference: true),
            new("processes", [(1, 0.9), (2, 1.8), (4, 1.9), (8, 1.85)], ConcurrencyModel.Processes),
            new("threads", [(1, 1), (2, 1.96), (4, 1.95), (8, 1.9)], ConcurrencyModel.Threads),
            new("threads under the interpreter lock", [(1, 1), (2, 0.98), (4, 0.97), (8, 0.95)]),
        ], markAt: 2, mark: "2 cores", subtitle: Machine);

    private static Timeline Threads()
    {
        var timeline = new Timeline("Two threads under the interpreter lock");
        for (var i = 0; i < 12; i++)
        {
            timeline.Add($"turn {i + 1}", $"thread {i % 2 + 4}", Ms(i * 5), Ms(i * 5 + 5), ConcurrencyModel.Threads);
            timeline.Add("waits", $"thread {(i + 1) % 2 + 4}", Ms(i * 5), Ms(i * 5 + 5), ConcurrencyModel.Threads, waiting: true);
        }

        return timeline;
    }

    private static Timeline ThreeModels()
    {
        var timeline = new Timeline("The same job in four ways");
        for (var i = 0; i < 3; i++)
        {
            timeline.Add($"task {i + 1}", "main thread", Ms(i * 40), Ms(i * 40 + 40), ConcurrencyModel.Sequential);
            timeline.Add($"task {i + 1}", $"thread {i + 4}", Ms(130), Ms(170 + i), ConcurrencyModel.Threads, waiting: i == 1);
            timeline.Add($"task {i + 1}", FirstProcess + i, Ticks(185), Ticks(225 + i));
            timeline.Add($"task {i + 1}", "event loop", Ms(240 + i), Ms(280 + i), ConcurrencyModel.Async, waiting: true);
        }

        return timeline;

        long Ticks(double ms) => timeline.Spans[0].StartTimestamp + (long)(ms / 1000 * Stopwatch.Frequency);
    }

    private static Timeline Async()
    {
        var timeline = new Timeline("一つのスレッドでの非同期処理");
        timeline.Add("whole", "thread 1", Ms(0), Ms(100));
        timeline.Add("download", "thread 1", Ms(2), Ms(60), waiting: true);
        timeline.Add("解析する", "thread 1", Ms(62), Ms(98));
        timeline.Add("download", "thread 1", Ms(3), Ms(75), waiting: true);
        timeline.Add("inner", "thread 1", Ms(65), Ms(80));
        timeline.Add("a lane with a name that is much too long", "a lane with a name that is much too long", Ms(0), Ms(0.01));
        return timeline;
    }

    private static Timeline ManyLanes()
    {
        var timeline = new Timeline("A hundred blocking tasks on a hundred threads");
        for (var i = 0; i < 100; i++)
            timeline.Add($"task {i}", $"thread {i + 4}", Ms(i * 0.2), Ms(100 + i * 0.3), ConcurrencyModel.Threads, waiting: true);
        return timeline;
    }

    private static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    private static IEnumerable<TimeSpan> Milliseconds(params double[] values) => values.Select(Ms);
}
