using System.Diagnostics;
using System.Globalization;

namespace Benchmarks.Engine;

/// <summary>
/// The notebook host against a plain Roslyn host, in one run and turn by turn, so that what else the machine does
/// meets both alike. The ratios are what counts; the absolute numbers are those of this machine in this minute.
/// </summary>
internal static class EngineBenchmark
{
    private const int Starts = 9;
    private const int Cells = 400;
    private const int Window = 21;
    private const int CellsForMemory = 41;

    public static string DotnetPath { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>This program again, beside the compiler as it comes from the package.</summary>
    public static string PlainPath { get; } =
        Path.Combine(AppContext.BaseDirectory, "plain", Path.GetFileName(typeof(EngineBenchmark).Assembly.Location));

    public static async Task<int> RunAsync()
    {
        Console.WriteLine($"{"",-44}{"plain",12}{"host",12}   ratio");
        await CompareStartsAsync();
        await CompareWarmCellsAsync();
        await CompareMemoryAsync();
        return 0;
    }

    private static async Task CompareStartsAsync()
    {
        List<double> plain = [], engine = [];

        // The first turn of each fills the file cache and does not count.
        for (var turn = 0; turn <= Starts; turn++)
        {
            var plainTime = await FirstCellAsync(() => Task.FromResult<IScriptHost>(new PlainProcess()));
            var engineTime = await FirstCellAsync(EngineProcess.StartAsync);
            if (turn == 0) continue;
            plain.Add(plainTime);
            engine.Add(engineTime);
        }

        Report($"process start to first cell done, of {Starts}", "ms", Median(plain), Median(engine), "sooner");
    }

    private static async Task<double> FirstCellAsync(Func<Task<IScriptHost>> startAsync)
    {
        var start = Stopwatch.GetTimestamp();
        await using var host = await startAsync();
        await host.RunAsync("var x = 1; x", "1");
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static async Task CompareWarmCellsAsync()
    {
        await using var plainHost = new PlainProcess();
        await using var engineHost = await EngineProcess.StartAsync();
        List<double> plain = [], engine = [];
        for (var cell = 1; cell <= Cells + Window / 2; cell++)
        {
            plain.Add(await CellAsync(plainHost, cell));
            engine.Add(await CellAsync(engineHost, cell));
        }

        Report($"warm trivial cell, cells 2 to {Cells}", "ms", Median(plain[1..Cells]), Median(engine[1..Cells]), "faster");
        var (plainEarly, plainLate) = (Around(plain, 10), Around(plain, Cells));
        var (engineEarly, engineLate) = (Around(engine, 10), Around(engine, Cells));
        Report("10th cell (median of its neighbours)", "ms", plainEarly, engineEarly, "faster");
        Report($"{Cells}th cell (median of its neighbours)", "ms", plainLate, engineLate, "faster");
        Console.WriteLine(Invariant($"{$"  the {Cells}th against the 10th",-44}{plainLate / plainEarly,12:0.00}{engineLate / engineEarly,12:0.00}   (1 or less: no slower)"));
    }

    private static async Task<double> CellAsync(IScriptHost host, int number)
    {
        var (cell, value) = number == 1 ? ("var x = 1; x", 1) : (Invariant($"x + {number}"), 1 + number);
        var start = Stopwatch.GetTimestamp();
        await host.RunAsync(cell, Invariant($"{value}"));
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static async Task CompareMemoryAsync()
    {
        var plain = await PeakAsync(new PlainProcess());
        var engine = await PeakAsync(await EngineProcess.StartAsync());
        Report($"peak memory, {CellsForMemory} cells", "MB", plain, engine, "less");
    }

    private static async Task<double> PeakAsync(IScriptHost host)
    {
        await using (host)
        {
            for (var cell = 1; cell <= CellsForMemory; cell++) await CellAsync(host, cell);
            return host.PeakMegabytes;
        }
    }

    private static void Report(string what, string unit, double plain, double engine, string better) =>
        Console.WriteLine(Invariant($"{what,-44}{plain,9:0.0} {unit}{engine,9:0.0} {unit}   {plain / engine:0.00} times {better}"));

    private static double Around(List<double> values, int number) =>
        Median(values.GetRange(Math.Max(1, number - 1 - Window / 2), Window));

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
