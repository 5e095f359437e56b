namespace Benchmarks.Charts;

/// <summary>
/// What a chart costs when its cell has ended: the picture alone, and the picture with the figure and the data. The first of a process is
/// timed in processes of their own, one after the other in turns, because code is loaded only once.
/// </summary>
internal static class FigureBenchmark
{
    public const string Verb = "charts";

    private const string Picture = "picture", All = "with figure and data";

    public static async Task<int> RunAsync()
    {
        await CompareAsync("First chart of a process", FirstOfAProcessAsync, limit: 250);
        await CompareAsync("Later charts", what => Task.FromResult(Draw(what)), limit: 30);
        return 0;
    }

    /// <summary>Draws one chart, and says how many milliseconds that took.</summary>
    public static int DrawOne(string what)
    {
        Console.Write(Draw(what).TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static async Task CompareAsync(string title, Func<string, Task<TimeSpan>> draw, int limit)
    {
        var charts = new Comparison(title);
        var picture = charts.AddReported(Picture, null, () => draw(Picture));
        var all = charts.AddReported(All, null, () => draw(All));
        Console.WriteLine(await charts.MeasureAsync());
        Console.WriteLine($"Figure and data take {(all.Median - picture.Median).TotalMilliseconds:0.0} ms more, at most {limit}.");
    }

    private static async Task<TimeSpan> FirstOfAProcessAsync(string what)
    {
        using var process = ThisProgram.Start("", Verb, what);
        var milliseconds = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return TimeSpan.FromMilliseconds(double.Parse(milliseconds, CultureInfo.InvariantCulture));
    }

    private static TimeSpan Draw(string what)
    {
        var random = new Random(1);
        var chart = new Comparison("Four waits");
        for (var work = 0; work < 5; work++)
        {
            var times = Enumerable.Range(0, 40).Select(_ => TimeSpan.FromMilliseconds(100 + random.Next(30)));
            chart.AddTimes($"work {work}", (ConcurrencyModel)(work % 4), times);
        }

        var start = Stopwatch.GetTimestamp();
        _ = what == Picture ? chart.ToSvg() : chart.ToHtml() + chart.ToJson();
        _ = chart.ToString();
        return Stopwatch.GetElapsedTime(start);
    }
}
