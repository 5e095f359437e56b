using System.Diagnostics;
using System.Globalization;

namespace ConcurrencyNotebooks;

/// <summary>
/// Named measurements of wall-clock time. As the last value of a cell it is a bar chart of the medians,
/// with whiskers from the fastest to the slowest run, and a table.
/// </summary>
/// <remarks>
/// Measuring a name again replaces it in its place, so that a cell can be run twice. A measurement whose work throws
/// leaves nothing behind. Not safe for several threads: measurements that overlap would disturb each other.
/// </remarks>
[TypeFormatterSource(typeof(OutputFormatterSource), PreferredMimeTypes = ["text/html", "image/svg+xml", "text/plain"])]
public sealed class Timings : IPicture
{
    // In bytes; half of the smallest budget after which the collector comes by itself.
    private const long NextToNothing = 128 * 1024;

    /// <summary>Set by a test that wants to see whether the cells run, not what they measure: one round, and no wait for cores.</summary>
    private static readonly bool IsQuick = Environment.GetEnvironmentVariable("CONCURRENCY_NOTEBOOKS_QUICK") == "1";

    private static long _allocatedAtLastCollection = -NextToNothing;

    private readonly List<Timing> _timings = [];
    private readonly string _machine;
    private readonly Func<int, BareLoops> _measureLoops;
    private readonly Patience _patience;

    /// <summary>Starts an empty set of measurements under a title.</summary>
    public Timings(string title)
        : this(title, Machine.Description)
    {
    }

    internal Timings(string title, string machine, Func<int, BareLoops>? measureLoops = null, Patience? patience = null)
    {
        ArgumentNullException.ThrowIfNull(title);
        Title = title;
        _machine = machine;
        _measureLoops = measureLoops ?? CoreWatch.Measure;
        _patience = patience ?? Patience.OfProcess;
    }

    /// <summary>The title of the chart.</summary>
    public string Title { get; }

    /// <summary>The measurements, in the order in which their names first came.</summary>
    public IReadOnlyList<Timing> All => _timings;

    /// <summary>The measurement of that name.</summary>
    /// <exception cref="KeyNotFoundException">Nothing of that name was measured; the message lists what was.</exception>
    public Timing this[string name] => _timings.Find(timing => timing.Name == name)
        ?? throw new KeyNotFoundException(_timings.Count == 0
            ? $"Nothing is measured yet, so there is no '{name}'. Call Measure(\"{name}\", …) first."
            : $"Nothing named '{name}' was measured. There is: {string.Join(", ", _timings.Select(timing => $"'{timing.Name}'"))}.");

    /// <summary>Runs the work and keeps how long each run took.</summary>
    /// <param name="name">What is measured; the label of the bar.</param>
    /// <param name="work">The work. What it throws comes out unchanged, and nothing is kept.</param>
    /// <param name="repeats">Runs that are timed, at least 1.</param>
    /// <param name="model">The model that it shows, which gives the bar its colour.</param>
    /// <param name="warmUp">Whether to run it once before, without timing: for short work, so that compiling it is not measured.</param>
    public Timing Measure(string name, Action work, int repeats = 1, ConcurrencyModel? model = null, bool warmUp = false)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        if (IsQuick) repeats = 1;
        if (warmUp) work();

        var samples = new TimeSpan[repeats];
        for (var run = 0; run < repeats; run++) samples[run] = Time(work);

        return Add(name, samples, model);
    }

    /// <summary>Catches asynchronous work that would be timed only up to its first await.</summary>
    [Obsolete("This work is asynchronous, and Measure would stop the clock at its first await. Use: await timings.MeasureAsync(…).", error: true)]
    public Timing Measure(string name, Func<Task> work, int repeats = 1, ConcurrencyModel? model = null, bool warmUp = false) =>
        throw new NotSupportedException("Use: await timings.MeasureAsync(…).");

    /// <inheritdoc cref="Measure(string, Action, int, ConcurrencyModel?, bool)"/>
    public async Task<Timing> MeasureAsync(string name, Func<Task> work, int repeats = 1, ConcurrencyModel? model = null, bool warmUp = false)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        if (IsQuick) repeats = 1;
        if (warmUp) await work();

        var samples = new TimeSpan[repeats];
        for (var run = 0; run < repeats; run++)
        {
            var start = Begin();
            await work();
            samples[run] = Stopwatch.GetElapsedTime(start);
        }

        return Add(name, samples, model);
    }

    /// <summary>Runs several works one after the other, round by round, and keeps how long each took: for those that are to be compared.</summary>
    /// <remarks>
    /// A machine is fast in one second and slow in the next, when something else needs it. Measured in turns, all meet the
    /// same seconds. Another work begins each round.
    /// </remarks>
    /// <param name="rounds">How often each is run, at least 1.</param>
    /// <param name="works">The name, the model and the work of each. What one throws comes out unchanged, and nothing is kept.</param>
    public void MeasureInTurns(int rounds, params (string Name, ConcurrencyModel? Model, Action Work)[] works) =>
        MeasureInTurns(rounds, needsCores: 1, works);

    /// <summary>The same for works that need several cores: it looks whether the machine gives them.</summary>
    /// <remarks>
    /// Before and after each work, as many bare loops run at once, and one alone. When they do less than three quarters of what
    /// so many cores should, the work is run again as soon as the cores are there. After a second of that two thirds of the rounds
    /// are enough, and four at least; with fewer it waits for some seconds more, which all measurements of a process share, and then
    /// runs the rest as it comes. A claim about them that does not hold is skipped where that happened, or where most of the loops
    /// found too little. So it is those loops, and not what the works measure, that decide what counts. What the machine gave stands
    /// in the chart. A work that needs one core only is held to the same: where two cores share one that is faster for one alone, a
    /// sequence that had it to itself cannot be compared with threads that did not.
    /// </remarks>
    /// <param name="rounds">How often each is run and kept, at least 1; with fewer kept the machine did not give the cores.</param>
    /// <param name="needsCores">The cores that the works need, at least 1. Where the machine has fewer, it does not look.</param>
    /// <param name="works">The name, the model and the work of each. What one throws comes out unchanged, and nothing is kept.</param>
    public void MeasureInTurns(int rounds, int needsCores, params (string Name, ConcurrencyModel? Model, Action Work)[] works)
    {
        ArgumentNullException.ThrowIfNull(works);
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(needsCores, 1);
        if (IsQuick) (rounds, needsCores) = (1, 1);
        var samples = works.Select(_ => new List<TimeSpan>()).ToArray();
        var ofLoops = works.Select(_ => new List<double>()).ToArray();
        var cores = new CoreWatch(needsCores > Machine.Cores ? 1 : needsCores, rounds, _measureLoops, _patience);
        for (var round = 0; round < rounds && TryRun(works, round, cores, out var runs); round++)
        {
            var multiples = cores.EndRound(runs);
            for (var i = 0; i < works.Length; i++)
            {
                samples[i].Add(runs[i].Taken);
                if (multiples is not null) ofLoops[i].Add(multiples[i]);
            }
        }

        _patience.Spend(cores.Waited);
        for (var i = 0; i < works.Length; i++)
        {
            var isComplete = ofLoops[i].Count == samples[i].Count;
            Keep(new Timing(works[i].Name, samples[i], works[i].Model) { Turns = cores, OfLoops = isComplete ? ofLoops[i] : null });
        }
    }

    /// <summary>Takes over a duration that was measured elsewhere, by another process for example.</summary>
    public Timing Add(string name, TimeSpan sample, ConcurrencyModel? model = null) => Add(name, [sample], model);

    /// <summary>Takes over several runs that were measured elsewhere.</summary>
    public Timing Add(string name, IEnumerable<TimeSpan> samples, ConcurrencyModel? model = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(samples);
        return Keep(new Timing(name, samples, model));
    }

    /// <summary>How many times as fast one is as the other: 2 means in half the time.</summary>
    /// <remarks>
    /// Works measured in turns are compared round by round, and the median of the ratios counts; those that stand side by side
    /// meet the same moments best. Where somebody looked after their cores, each run counts as a multiple of the bare loops beside
    /// it: what slows the machine slows both, also when a work had to wait for its moment. Of all others the fastest runs are
    /// compared, as the documentation of Python's <c>timeit</c> advises: what disturbs a run only ever makes it slower.
    /// </remarks>
    public double Speedup(string name, string over)
    {
        var (one, other) = (this[name], this[over]);
        if (one.Turns is null || one.Turns != other.Turns) return other.Minimum / one.Minimum;
        return Median(one.OfLoops is { } fast && other.OfLoops is { } slow
            ? slow.Zip(fast, (a, b) => a / b)
            : other.Samples.Zip(one.Samples, (a, b) => a / b));
    }

    /// <summary>The chart and its table as HTML, without script or anything from outside.</summary>
    public string ToHtml() => Draw().ToHtml();

    /// <summary>The chart as a picture of its own.</summary>
    public string ToSvg() => Draw().ToSvg();

    /// <summary>The measurements as an aligned table.</summary>
    public override string ToString() => Draw().ToString();

    /// <summary>The turns in which the two were measured, if the machine gave less than they needed; otherwise null.</summary>
    internal CoreWatch? ShortTurnsOf(string name, string over) =>
        this[name].Turns is { WasShort: true } turns && turns == this[over].Turns ? turns : null;

    private Timing Keep(Timing timing)
    {
        var present = _timings.FindIndex(other => other.Name == timing.Name);
        if (present < 0) _timings.Add(timing);
        else _timings[present] = timing;
        return timing;
    }

    // One round; false when the cores that it needs do not come, and there have been rounds enough.
    private static bool TryRun((string Name, ConcurrencyModel? Model, Action Work)[] works, int round, CoreWatch cores,
        out (TimeSpan Taken, int? Look)[] runs)
    {
        runs = new (TimeSpan, int?)[works.Length];
        for (var turn = 0; turn < works.Length; turn++)
        {
            // Another one begins each round, so that none always comes behind the same other.
            var i = (round + turn) % works.Length;
            if (cores.Run(() => Time(works[i].Work)) is not { } run) return false;
            runs[i] = run;
        }

        return true;
    }

    private static TimeSpan Time(Action work)
    {
        var start = Begin();
        work();
        return Stopwatch.GetElapsedTime(start);
    }

    // What the work before left behind must not be collected on the clock of the work to come. Where that was next to nothing,
    // a collection would only take longer than the work itself and leave it cold caches.
    private static long Begin()
    {
        if (GC.GetTotalAllocatedBytes() - _allocatedAtLastCollection > NextToNothing)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            _allocatedAtLastCollection = GC.GetTotalAllocatedBytes();
        }

        return Stopwatch.GetTimestamp();
    }

    private Drawing Draw()
    {
        var repeated = _timings.Any(timing => timing.Samples.Count > 1);
        var bars = _timings.Select(timing => timing.Samples.Count == 1
            ? new Bar(timing.Name, timing.Median.TotalSeconds, Model: timing.Model)
            : new Bar(timing.Name, timing.Median.TotalSeconds, timing.Minimum.TotalSeconds, timing.Maximum.TotalSeconds, timing.Model));
        var beside = _timings.Any(timing => timing.OfLoops is not null);
        string[] header = ["name", "median", "min", "max", "runs"];
        var rows = _timings.Select(timing =>
        {
            string[] row =
            [
                timing.Name, Seconds(timing.Median), Seconds(timing.Minimum), Seconds(timing.Maximum),
                timing.Samples.Count.ToString(CultureInfo.InvariantCulture),
            ];
            return beside ? [.. row, timing.OfLoops is { } multiples ? Quantity.Format(Median(multiples), "") : ""] : row;
        });
        var table = beside
            ? new Table([.. header, "of loops"], [.. rows], "of loops: each run as a multiple of the bare loops that ran beside it, the median of that; claims compare them round by round.")
            : new Table(header, [.. rows]);
        var axis = new Axis(repeated ? "median time, whiskers from fastest to slowest" : "time", "s");
        var cores = _timings.Select(timing => timing.Turns).Distinct().Where(turns => turns?.Needed > 1).ToList();
        var machine = cores.Count == 0 ? _machine : $"{_machine}; {string.Join(", ", cores)}";
        return BarChart.Draw(Title, machine, [.. bars], axis, table);
    }

    // The geometric mean of the middle two, so that a over b is always the inverse of b over a.
    private static double Median(IEnumerable<double> ratios)
    {
        var sorted = ratios.Order().ToList();
        return Math.Sqrt(sorted[(sorted.Count - 1) / 2] * sorted[sorted.Count / 2]);
    }

    private static string Seconds(TimeSpan time) => Quantity.Format(time.TotalSeconds, "s");
}
