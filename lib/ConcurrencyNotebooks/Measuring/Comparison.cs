using static ConcurrencyNotebooks.Claims;

namespace ConcurrencyNotebooks;

/// <summary>
/// Measures works against each other and judges what is claimed about them. As the last value of a cell it is a bar chart of the
/// times, their table, and the claims.
/// </summary>
/// <remarks>
/// <para>The works run in turns, round by round, another one first each round, so that all meet the same good and bad seconds of the
/// machine. Each round gives one ratio of two works; the median of the ratios is what is shown and claimed, with an interval that says how
/// sure it is (<see cref="Ratio"/>).</para>
/// <para>Seven rounds are the fewest. Further ones follow until every claim is decided, up to forty or to four seconds. A claim holds
/// when the whole interval is within its bounds, does not hold when the whole interval is outside, and is not decided otherwise. At most
/// 1 % of the verdicts are wrong, as long as one round says nothing about the next one.</para>
/// <para>Where works need several cores, bare loops on one core and on all of them run between the rounds and are shown as two bars. A
/// round counts only if the loops found three quarters of the cores both before and after it. This is settled before the times of the
/// works are looked at: a machine that lacks the cores can neither make a claim hold nor refute it. Where the cores come and go, rounds go
/// on for up to six seconds; with fewer than seven rounds that count, no claim is decided.</para>
/// <para>With <c>CONCURRENCY_NOTEBOOKS_QUICK=1</c> in the environment there is a single round, without a warm-up: enough to see that
/// everything runs, and too few for a verdict.</para>
/// </remarks>
/// <example>
/// <code>
/// var sums = new Comparison("Two sums of squares", needsCores: 2);
/// var sequence = sums.Add("in sequence", Sequential, () => { Cpu.SumOfSquares(50_000_000); Cpu.SumOfSquares(50_000_000); });
/// var parallel = sums.Add("Parallel.For", Threads, () => Parallel.For(0, 2, _ => Cpu.SumOfSquares(50_000_000)));
///
/// sums.ClaimSpeedup("Threads compute side by side", parallel, over: sequence, atLeast: 1.3);
/// await sums.MeasureAsync()
/// </code>
/// </example>
[TypeFormatterSource(typeof(OutputFormatterSource), PreferredMimeTypes = ["text/html", "text/plain", ChartSpec.MimeType, Claim.MimeType])]
public sealed partial class Comparison : Picture, IRichOutput
{
    private readonly List<Timing> _timings = [];
    private readonly List<SpeedClaim> _claims = [];
    private readonly int _needsCores;
    private readonly WorkRunner _runner;
    private readonly bool _isQuick;
    private CoreCheck _cores;
    private bool _hasOwnCores = true;
    private string? _machine;

    /// <summary>Starts a comparison without works.</summary>
    /// <param name="title">What is compared; the title of the chart.</param>
    /// <param name="needsCores">The cores that its works need to show what is claimed about them: 1 for works that wait.</param>
    public Comparison(string title, int needsCores = 1)
        : this(title, needsCores, new WorkRunner(), QuickRun.IsAskedFor)
    {
    }

    internal Comparison(string title, int needsCores, WorkRunner runner, bool isQuick = false)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentOutOfRangeException.ThrowIfLessThan(needsCores, 1);
        (Title, _needsCores, _runner, _isQuick) = (title, needsCores, runner, isQuick);
        _cores = new CoreCheck(needsCores, runner.Cores, needsCores);
    }

    /// <summary>The title of the chart.</summary>
    public string Title { get; }

    /// <summary>The works, in the order in which they were added.</summary>
    public IReadOnlyList<Timing> Timings => _timings;

    /// <summary>The claims with their verdicts, in the order in which they were made.</summary>
    public ClaimList Claims => new(_claims.Select(claim => claim.Judge(_cores, _isQuick, _machine ?? Machine.Description)));

    string IRichOutput.ClaimsAsJson => ClaimReader.Write(Claims.Claims);

    /// <summary>Adds a work that runs to its end when it is called.</summary>
    /// <param name="name">What it is; the label of its bar.</param>
    /// <param name="model">The model that it shows, which is the colour of its bar.</param>
    /// <param name="work">The work. What it throws ends the measurement and comes out unchanged.</param>
    public Timing Add(string name, ConcurrencyModel? model, Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return AddReported(name, model, () =>
        {
            var start = Stopwatch.GetTimestamp();
            work();
            return Stopwatch.GetElapsedTime(start);
        });
    }

    /// <summary>Adds a work that is awaited to its end.</summary>
    /// <inheritdoc cref="Add(string, ConcurrencyModel?, Action)" path="/param"/>
    public Timing Add(string name, ConcurrencyModel? model, Func<Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return AddReported(name, model, async () =>
        {
            var start = Stopwatch.GetTimestamp();
            await work();
            return Stopwatch.GetElapsedTime(start);
        });
    }

    /// <summary>Adds a work that reports a time itself: a part of what it did, or its longest pause.</summary>
    /// <inheritdoc cref="Add(string, ConcurrencyModel?, Action)" path="/param"/>
    public Timing AddReported(string name, ConcurrencyModel? model, Func<Task<TimeSpan>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Keep(new Timing(name, model, work));
    }

    /// <inheritdoc cref="AddReported(string, ConcurrencyModel?, Func{Task{TimeSpan}})"/>
    public Timing AddReported(string name, ConcurrencyModel? model, Func<TimeSpan> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return AddReported(name, model, () => Task.FromResult(work()));
    }

    /// <summary>Adds times that were measured elsewhere, by another program for example: one for each round.</summary>
    /// <param name="name">What was measured; the label of its bar.</param>
    /// <param name="model">The model that it shows, which is the colour of its bar.</param>
    /// <param name="times">The times, in the order of the rounds.</param>
    public Timing AddTimes(string name, ConcurrencyModel? model, params IEnumerable<TimeSpan> times)
    {
        ArgumentNullException.ThrowIfNull(times);
        var timing = new Timing(name, model, null);
        foreach (var time in times) timing.Add(time);
        if (timing.Samples.Count == 0) throw new ArgumentException($"'{name}' has no times; give at least one.", nameof(times));
        return Keep(timing);
    }

    /// <summary>Adds the bare loops that another program ran in its rounds, as evidence of the cores that it had.</summary>
    /// <param name="one">The times of one loop alone.</param>
    /// <param name="all">The times of a loop on each core at once.</param>
    /// <param name="cores">The cores that it had, with a loop on each.</param>
    /// <param name="machine">The machine that it ran on, if not this one.</param>
    internal void AddCores(IEnumerable<TimeSpan> one, IEnumerable<TimeSpan> all, int cores, string? machine = null)
    {
        (_hasOwnCores, _machine) = (false, machine);
        _cores = new CoreCheck(_needsCores, cores, cores);
        if (!_cores.IsUseful) return;
        foreach (var sample in one.Zip(all)) _cores.Add(sample);
    }

    /// <summary>Claims how many times as fast one work is as another.</summary>
    /// <param name="statement">The claim, in a sentence that can stand alone.</param>
    /// <param name="work">The work that the claim is about.</param>
    /// <param name="over">The work that it is compared with.</param>
    /// <param name="atLeast">The smallest ratio with which the claim holds: 2 for "at least twice as fast".</param>
    /// <param name="atMost">The largest ratio with which the claim holds.</param>
    /// <exception cref="ArgumentException">There is no bound, no ratio satisfies both, or a work is not of this comparison.</exception>
    public void ClaimSpeedup(string statement, Timing work, Timing over, double? atLeast = null, double? atMost = null) =>
        Keep(new SpeedClaim(statement, work, over, atLeast, atMost, $"{BoundsOf(statement, atLeast, atMost, "×")} as fast"));

    /// <summary>Claims that two works are equally fast: neither gains anything over the other.</summary>
    /// <param name="statement">The claim, in a sentence that can stand alone.</param>
    /// <param name="work">One of the works.</param>
    /// <param name="over">The other one.</param>
    /// <param name="within">How far their ratio may be off 1, in either direction: 1.25 allows 0.8 to 1.25.</param>
    /// <exception cref="ArgumentException">The factor is not above 1, or a work is not of this comparison.</exception>
    public void ClaimAsFast(string statement, Timing work, Timing over, double within = 1.25)
    {
        if (!(within > 1))
        {
            throw new ArgumentException(
                $"The claim '{statement}' allows a factor of {within}; give more than 1, such as 1.25.", nameof(within));
        }

        var least = Math.Round(1 / within, within < 10 ? 2 : 4);
        Keep(new SpeedClaim(statement, work, over, least, within, $"as fast, {BoundsOf(statement, least, within, "×")}"));
    }

    private void Keep(SpeedClaim claim)
    {
        foreach (var work in new[] { claim.Work, claim.Over }.Except(_timings))
            throw new ArgumentException($"The claim '{claim.Statement}' is about '{work?.Name}', which is no work of this comparison.");
        _claims.Add(claim);
    }

    private Timing Keep(Timing timing)
    {
        if (_timings.Exists(other => other.Name == timing.Name))
            throw new ArgumentException($"There is a work named '{timing.Name}' already; give each its own name.");
        _timings.Add(timing);
        return timing;
    }
}
