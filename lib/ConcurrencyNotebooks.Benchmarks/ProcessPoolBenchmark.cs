using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using OutOfProcess;

namespace ConcurrencyNotebooks.Benchmarks;

/// <summary>
/// The process pool beside Python's, measured one after the other in one run. Every number is the best of several
/// rounds, on both sides, because what disturbs a measurement only ever makes it slower; the start is a median of turns.
/// </summary>
internal static class ProcessPoolBenchmark
{
    private const int Workers = 4;
    private const int Rounds = 5;
    private const double LongestOverFloor = 1.5;

    /// <summary>Prints the table.</summary>
    public static async Task<int> RunAsync()
    {
        Console.WriteLine($"{Workers} workers on {Machine.Description}");
        Console.WriteLine("Python runs first, with fork, spawn and forkserver …");
        var python = await Python.MeasureAsync("process_pool");
        Console.WriteLine($"Python: {python.Source}");

        var cold = await FirstResultAsync();
        var (starts, pythonStarts) = await StartsInTurnsAsync(python);

        await using var pool = new ProcessPool(Workers);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(number => pool.RunAsync(PoolTasks.Negate, number)));
        var idle = await IdleMemoryAsync(pool);
        var (floor, roundTrip) = await RoundTripsInTurnsAsync(pool);
        var largeFloor = LargeFloor();
        var manyCalls = await BestAsync(50_000, () => AllAtOnceAsync(pool, 50_000));
        var map = await BestAsync(1_000_000, () => MapAsync(pool));
        var bytes = await BestAsync(10 * 10_000_000, () => LargeAsync(pool));
        var (growth, workingSet) = await GrowthAsync(pool, 100_000);
        var busy = Memory(pool);
        var idleAfter = await IdleMemoryAsync(pool);

        var rows = new List<Row>
        {
            // Of Python's three start methods the best, for each measure its own.
            new("round trip of one small call", $"{floor * 1e6:0.0} µs pipe", roundTrip * 1e6, python.Number("best.round_trip_seconds") * 1e6, "µs", 4, false),
            new("small calls submitted at once", "", 1 / manyCalls / 1000, python.Number("best.calls_per_second") / 1000, "k/s", 10, true),
            new("MapAsync over a million numbers", "", 1 / map / 1e6, python.Number("best.map_items_per_second") / 1e6, "M/s", 3, true),
            new("10 MB argument", $"{TenMegabytes.Length / largeFloor / 1e6:0} MB/s pipe", 1 / bytes / 1e6, python.Number("best.argument_bytes_per_second") / 1e6, "MB/s", 3, true),
            new("construction to first result (spawn)", "", Median(starts) * 1000, Median(pythonStarts) * 1000, "ms", 2, false),
        };
        Print(rows);
        Console.WriteLine($"A round trip takes {roundTrip / floor:0.00} times as long as through a plain pipe; to reach: {LongestOverFloor} {(roundTrip <= LongestOverFloor * floor ? '✔' : '✘')}");
        Console.WriteLine($"The first pool of a program, with code that was never run before: {cold * 1000:0} ms to its first result.");
        Console.WriteLine($"Memory of an idle worker: {idle:0} MB before these measurements, {idleAfter:0} MB after, {busy:0} MB right after the last call; to reach: 40 MB {(Math.Max(idle, idleAfter) <= 40 ? '✔' : '✘')}");
        Console.WriteLine($"100,000 calls left {growth:0.0} bytes per call on the parent's heap, and changed its working set by {workingSet:0.0} MB.");
        return rows.All(row => row.Reached) && Math.Max(idle, idleAfter) <= 40 && roundTrip <= LongestOverFloor * floor ? 0 : 1;
    }

    // Pool and plain pipe take turns, so that both meet the same moments of the machine.
    private static async Task<(double Floor, double RoundTrip)> RoundTripsInTurnsAsync(ProcessPool pool)
    {
        using var pipe = new PlainPipe();
        var (floor, roundTrip) = (double.MaxValue, double.MaxValue);
        for (var round = 0; round < 4 * Rounds; round++)
        {
            floor = Math.Min(floor, Floor(pipe, new byte[64], 1000));
            var start = Stopwatch.GetTimestamp();
            await OneByOneAsync(pool, 1000);
            roundTrip = Math.Min(roundTrip, Stopwatch.GetElapsedTime(start).TotalSeconds / 1000);
        }

        return (floor, roundTrip);
    }

    private static double LargeFloor()
    {
        using var pipe = new PlainPipe();
        return Enumerable.Range(0, Rounds).Min(_ => Floor(pipe, TenMegabytes, 10));
    }

    // A start is short and depends on what the machine does in that moment, so both take turns; a recorded Python stands still.
    private static async Task<(List<double> Ours, List<double> Pythons)> StartsInTurnsAsync(PythonResult python)
    {
        string[] oneStart = ["--methods", "spawn", "--times", "1", "--round-trips", "1", "--calls", "1", "--items", "1", "--bytes", "1"];
        var (ours, pythons) = (new List<double>(), new List<double>());
        for (var round = 0; round < 2 * Rounds; round++)
        {
            ours.Add(await FirstResultAsync());
            var turn = python.IsRecorded ? python : await Python.MeasureAsync("process_pool", oneStart);
            pythons.Add(turn.Number("spawn.first_result_seconds"));
        }

        return (ours, pythons);
    }

    // In MB, of the largest worker.
    private static double Memory(ProcessPool pool) => pool.Workers.Max(worker =>
    {
        using var process = Process.GetProcessById(worker.Pid);
        return process.WorkingSet64;
    }) / 1e6;

    // A worker that has had nothing to do for a moment gives back what large values have left behind.
    private static async Task<double> IdleMemoryAsync(ProcessPool pool)
    {
        await Task.Delay(TimeSpan.FromSeconds(1));
        return Memory(pool);
    }

    private static async Task<double> FirstResultAsync()
    {
        var start = Stopwatch.GetTimestamp();
        await using var pool = new ProcessPool(Workers);
        await pool.RunAsync(PoolTasks.Negate, 1);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    // Seconds that the bytes need through a plain pipe and a byte back.
    private static double Floor(PlainPipe pipe, byte[] bytes, int times)
    {
        var start = Stopwatch.GetTimestamp();
        for (var time = 0; time < times; time++)
            pipe.Send(bytes);
        return Stopwatch.GetElapsedTime(start).TotalSeconds / times;
    }

    // Seconds per piece of work.
    private static async Task<double> BestAsync(int pieces, Func<Task> work)
    {
        var best = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            await work();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds / pieces);
        }

        return best;
    }

    private static async Task OneByOneAsync(ProcessPool pool, int calls)
    {
        for (var number = 0; number < calls; number++)
            await pool.RunAsync(PoolTasks.Negate, number);
    }

    private static async Task AllAtOnceAsync(ProcessPool pool, int calls)
    {
        var tasks = new Task<int>[calls];
        for (var number = 0; number < calls; number++)
            tasks[number] = pool.RunAsync(PoolTasks.Negate, number);
        await Task.WhenAll(tasks);
    }

    private static readonly int[] Numbers = [.. Enumerable.Range(0, 1_000_000)];
    private static readonly byte[] TenMegabytes = new byte[10_000_000];

    private static async Task MapAsync(ProcessPool pool)
    {
        var results = await pool.MapAsync(PoolTasks.Negate, Numbers);
        if (results[^1] != -Numbers[^1])
            throw new InvalidOperationException("The map is wrong.");
    }

    private static async Task LargeAsync(ProcessPool pool)
    {
        for (var call = 0; call < 10; call++)
            await pool.RunAsync(PoolTasks.Length, TenMegabytes);
    }

    private static async Task<(double BytesPerCall, double WorkingSetMegabytes)> GrowthAsync(ProcessPool pool, int calls)
    {
        await OneByOneAsync(pool, 1000);
        var (heap, memory) = Memory();
        await OneByOneAsync(pool, calls);
        var (heapAfter, memoryAfter) = Memory();
        return ((heapAfter - heap) / (double)calls, (memoryAfter - memory) / 1e6);

        static (long Heap, long WorkingSet) Memory()
        {
            GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
            return (GC.GetTotalMemory(forceFullCollection: true), Environment.WorkingSet);
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static void Print(List<Row> rows)
    {
        Console.WriteLine();
        Console.WriteLine($"{"measure",-38}{"floor",14}{"this pool",16}{"Python",16}{"ratio",9}{"to reach",10}");
        foreach (var row in rows)
            Console.WriteLine(row);
        Console.WriteLine();
    }

    private sealed record Row(string Measure, string Floor, double Ours, double Pythons, string Unit, double ToReach, bool MoreIsBetter)
    {
        public bool Reached => Ratio >= ToReach;

        private double Ratio => MoreIsBetter ? Ours / Pythons : Pythons / Ours;

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"{Measure,-38}{Floor,14}{$"{Ours:0.#} {Unit}",16}{$"{Pythons:0.#} {Unit}",16}{$"{Ratio:0.0}x",9}{$"{ToReach:0}x",8} {(Reached ? "✔" : "✘")}");
    }
}
