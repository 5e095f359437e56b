namespace ConcurrencyNotebooks;

public sealed partial class Comparison
{
    private readonly Dictionary<string, double> _guesses = [];

    /// <summary>The guesses whose works were measured.</summary>
    internal IEnumerable<(Timing Work, double Seconds)> Guesses =>
        _timings.Where(timing => timing.Samples.Count > 0 && _guesses.ContainsKey(timing.Name))
            .Select(timing => (timing, _guesses[timing.Name]));

    /// <summary>Notes the time that you expect of a work, before it is measured: a hollow diamond in the chart.</summary>
    /// <param name="name">The name of the work.</param>
    /// <param name="seconds">The expected time.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is not above zero.</exception>
    /// <example>
    /// <code>
    /// var naps = new Comparison("Two naps of 0.1 s");
    /// naps.Guess("one after the other", 0.2);
    /// naps.Add("one after the other", Sequential, () => { Thread.Sleep(100); Thread.Sleep(100); });
    /// await naps.MeasureAsync();
    /// naps
    /// </code>
    /// </example>
    public void Guess(string name, double seconds)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!(seconds > 0) || !double.IsFinite(seconds))
        {
            throw new ArgumentOutOfRangeException(
                nameof(seconds), seconds, $"The guess for '{name}' is no time; give seconds, such as 0.1.");
        }

        _guesses[name] = seconds;
    }

    /// <summary>The chart, its table and the claims as HTML.</summary>
    public override string ToHtml() => string.Concat(Claims.Claims.Select(claim => claim.ToHtml()).Prepend(base.ToHtml()));

    /// <summary>The times on a line, and the claims, each on a line.</summary>
    public override string ToString() => string.Join('\n', Claims.Claims.Select(claim => claim.ToString()).Prepend(base.ToString()));

    /// <inheritdoc/>
    public override ChartSpec ToSpec()
    {
        List<Timing> timings = [.. _timings.Where(timing => timing.Samples.Count > 0)];
        var bars = timings.Select(timing => Bar(timing, [.. RatiosOf(timing)])).ToList();
        if (_cores.HasSamples) bars.AddRange([Bar(_cores.One, []), Bar(_cores.All, [_cores.Description])]);

        var medians = timings.Select(timing => timing.Median.TotalSeconds).DefaultIfEmpty().ToList();
        var axis = new ChartAxis(
            timings.Exists(timing => timing.Samples.Count > 1) ? "median time, with every round as a dot" : "time", "s",
            Logarithmic: medians.Min() > 0 && medians.Max() >= 10 * medians.Min());
        return new(Title, BarChart.Of(bars, axis, "and"));
    }

    // What is claimed of a work; where nothing is, how it compares with the first one.
    private IEnumerable<string> RatiosOf(Timing timing)
    {
        var others = _claims.Where(claim => claim.Work == timing).Select(claim => claim.Over).Distinct().ToList();
        if (others.Count == 0 && timing != _timings[0]) others.Add(_timings[0]);
        return others.Where(other => other.Samples.Count > 0).Select(other => $"{timing.Over(other)} as {other.Name}");
    }

    private ChartBar Bar(Timing timing, string[] compared) => new(
        compared.Length == 0 ? timing.Name : $"{timing.Name}: {compared[0]}", timing.Median.TotalSeconds, Model: timing.Model,
        Runs: [.. timing.Samples.Select(sample => sample.TotalSeconds)],
        Guess: _guesses.TryGetValue(timing.Name, out var seconds) ? seconds : null, Note: string.Join("; ", compared.Skip(1)));
}
