using OutOfProcess;

namespace Benchmarks;

/// <summary>
/// The process pool beside Python's and beside a plain pipe, in one run. Python reports the best of its rounds, because what disturbs
/// a measurement only ever makes it slower; so the best round counts here as well. Starts take turns with Python's.
/// </summary>
internal static class ProcessPoolBenchmark
{
    private const int Workers = 4;
    private const int RoundTrips = 1000;
    private const int Calls = 50_000;
    private const int LargeCalls = 10;

    private static readonly int[] Numbers = [.. Enumerable.Range(0, 1_000_000)];
    private static readonly byte[] Large = new byte[10_000_000];

    /// <summary>Prints the table; the exit code is 1 when something falls behind what is to be reached.</summary>
    public static async Task<int> RunAsync()
    {
        Console.WriteLine($"{Workers} workers on {Machine.Description}; Python runs first, with fork, spawn and forkserver …");
        var python = await Python.MeasureAsync("process_pool");
        Console.WriteLine($"Python: {python.Source}");

        var starts = new Comparison("From construction to the first result");
        var start = starts.AddReported("this pool", ConcurrencyModel.Processes, FirstResultAsync);
        var pythonStart = python.WhyRecorded is not null
            ? starts.AddTimes("Python, spawn", null, FirstResult(python))
            : starts.AddReported("Python, spawn", null, PythonsFirstResultAsync);
        Console.WriteLine(await starts.MeasureAsync());

        await using var pool = new ProcessPool(Workers);
        using var pipe = new PlainPipe();
        var calls = new Comparison("Calls");
        var floor = calls.Add("1,000 round trips through a plain pipe", null, () => RoundTripsThrough(pipe));
        var roundTrip = calls.Add("1,000 calls one by one", ConcurrencyModel.Processes, () => OneByOneAsync(pool));
        var submit = calls.Add("50,000 calls at once", ConcurrencyModel.Processes, () => AllAtOnceAsync(pool));
        var map = calls.Add("MapAsync over a million numbers", ConcurrencyModel.Processes, () => pool.MapAsync(PoolTasks.Negate, Numbers));
        var large = calls.Add("10 calls with 10 MB", ConcurrencyModel.Processes, () => LargeAsync(pool));
        await calls.MeasureAsync();

        // A worker that has had nothing to do for a moment gives back what large values have left behind.
        await Task.Delay(TimeSpan.FromSeconds(1));
        var idleMegabytes = pool.Workers.Max(worker => MemoryOf(worker.Pid)) / 1e6;

        // Of Python's three start methods the best, for each measure its own.
        double BestOfPython(string measure) => python.Number($"best.{measure}");
        return Report(
        [
            new("round trip of one small call", Best(roundTrip) / RoundTrips, "Python", BestOfPython("round_trip_seconds"), "s", 4),
            new("the same", Best(roundTrip) / RoundTrips, "pipe", Best(floor) / RoundTrips, "s", 1 / 1.5),
            new("small calls submitted at once", Calls / Best(submit), "Python", BestOfPython("calls_per_second"), "/s", 10),
            new("MapAsync, numbers", Numbers.Length / Best(map), "Python", BestOfPython("map_items_per_second"), "/s", 3),
            new(
                "bytes as arguments", LargeCalls * Large.Length / Best(large),
                "Python", BestOfPython("argument_bytes_per_second"), "/s", 3),
            new("first result", start.Median.TotalSeconds, "Python", pythonStart.Median.TotalSeconds, "s", 2),
            new("memory of an idle worker", idleMegabytes, "limit", 40, "MB", 1),
        ]);
    }

    private static long MemoryOf(int processId)
    {
        using var process = Process.GetProcessById(processId);
        return process.WorkingSet64;
    }

    private static double Best(Timing timing) => timing.Samples.Min().TotalSeconds;

    private static async Task<TimeSpan> FirstResultAsync()
    {
        var start = Stopwatch.GetTimestamp();
        await using var pool = new ProcessPool(Workers);
        await pool.RunAsync(PoolTasks.Negate, 1);
        return Stopwatch.GetElapsedTime(start);
    }

    private static async Task<TimeSpan> PythonsFirstResultAsync()
    {
        string[] oneStart = ["--methods", "spawn", "--times", "1", "--round-trips", "1", "--calls", "1", "--items", "1", "--bytes", "1"];
        return FirstResult(await Python.MeasureAsync("process_pool", oneStart));
    }

    private static TimeSpan FirstResult(PythonResult python) => TimeSpan.FromSeconds(python.Number("spawn.first_result_seconds"));

    private static void RoundTripsThrough(PlainPipe pipe)
    {
        for (var time = 0; time < RoundTrips; time++) pipe.Send();
    }

    private static async Task OneByOneAsync(ProcessPool pool)
    {
        for (var number = 0; number < RoundTrips; number++) await pool.RunAsync(PoolTasks.Negate, number);
    }

    private static Task<int[]> AllAtOnceAsync(ProcessPool pool) =>
        Task.WhenAll(Enumerable.Range(0, Calls).Select(number => pool.RunAsync(PoolTasks.Negate, number)));

    private static async Task LargeAsync(ProcessPool pool)
    {
        for (var call = 0; call < LargeCalls; call++) await pool.RunAsync(PoolTasks.Length, Large);
    }

    private static int Report(Row[] rows)
    {
        Console.WriteLine($"{"measure",-32}{"this pool",16}{"compared with",22}{"ratio",10}{"to reach",12}");
        Array.ForEach(rows, Console.WriteLine);
        return Array.TrueForAll(rows, row => row.IsReached) ? 0 : 1;
    }

    /// <summary>One line of the table. The ratio says how many times as good the pool is.</summary>
    private sealed record Row(string Measure, double Ours, string Other, double Theirs, string Unit, double ToReach)
    {
        public bool IsReached => Ratio >= ToReach;

        private double Ratio => Unit == "/s" ? Ours / Theirs : Theirs / Ours;

        public override string ToString()
        {
            var (ours, theirs) = (Quantity.Format(Ours, Unit), $"{Other} {Quantity.Format(Theirs, Unit)}");
            var verdict = string.Create(CultureInfo.InvariantCulture, $"{Ratio,9:0.00}×{ToReach,10:0.00}× {(IsReached ? "✔" : "✘")}");
            return $"{Measure,-32}{ours,16}{theirs,22}{verdict}";
        }
    }
}
