namespace Benchmarks.Charts;

/// <summary>
/// What a chart costs when its cell has ended: the picture alone, and the picture with the figure and the data. The first of a process is
/// timed in processes of their own, one after the other in turns, because code is loaded only once.
/// </summary>
internal static class FigureBenchmark
{
    public const string Verb = "charts";

    private const int Processes = 9;
    private const int Later = 50;

    public static async Task<int> RunAsync(string[] options)
    {
        if (options is [var what]) return Child(what);

        var first = new Dictionary<string, List<double>> { ["svg"] = [], ["all"] = [] };
        var later = new Dictionary<string, List<double>> { ["svg"] = [], ["all"] = [] };
        for (var i = 0; i < Processes; i++)
        {
            foreach (var name in first.Keys)
            {
                var start = ThisProgram.With(Verb, name);
                start.RedirectStandardOutput = true;
                using var process = Process.Start(start)!;
                var numbers = (await process.StandardOutput.ReadToEndAsync()).Split(' ')
                    .Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToList();
                await process.WaitForExitAsync();
                first[name].Add(numbers[0]);
                later[name].Add(numbers[1]);
            }
        }

        Console.WriteLine(
            $"first chart of a process: picture {Median(first["svg"]):0.0} ms, with figure and data {Median(first["all"]):0.0} ms "
            + $"(+{Median(first["all"]) - Median(first["svg"]):0.0}, at most 250)");
        Console.WriteLine($"later charts: picture {Median(later["svg"]):0.00} ms, with figure and data {Median(later["all"]):0.00} ms "
            + $"(+{Median(later["all"]) - Median(later["svg"]):0.00}, at most 30)");
        return 0;
    }

    private static int Child(string what)
    {
        var clock = Stopwatch.StartNew();
        Draw(what, Comparison());
        var first = clock.Elapsed.TotalMilliseconds;
        List<double> later = [];
        for (var i = 0; i < Later; i++)
        {
            var comparison = Comparison();
            clock.Restart();
            Draw(what, comparison);
            later.Add(clock.Elapsed.TotalMilliseconds);
        }

        Console.Write(FormattableString.Invariant($"{first} {Median(later)}"));
        return 0;
    }

    private static int Draw(string what, Picture picture) => what == "svg"
        ? picture.ToSvg().Length + picture.ToString()!.Length
        : picture.ToHtml().Length + picture.ToJson().Length + picture.ToString()!.Length;

    private static Comparison Comparison()
    {
        var comparison = new Comparison("Four waits");
        var random = new Random(1);
        for (var work = 0; work < 5; work++)
        {
            var times = Enumerable.Range(0, 40).Select(_ => TimeSpan.FromMilliseconds(100 + random.Next(30)));
            comparison.AddTimes($"work {work}", (ConcurrencyModel)(work % 4), times);
        }

        return comparison;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
