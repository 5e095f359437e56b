namespace ConcurrencyNotebooks;

public sealed partial class Comparison
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    // Where the cores come and go, more rounds are worth waiting for.
    private static readonly TimeSpan LimitWhereCoresComeAndGo = 1.5 * Limit;

    /// <summary>Measures the works, round by round, until every claim is decided or the limit is reached.</summary>
    /// <returns>This comparison, to be the last value of a cell.</returns>
    public async Task<Comparison> MeasureAsync()
    {
        var works = _timings.Where(timing => timing.Work is not null).ToList();
        works.ForEach(work => work.Clear());
        if (_hasOwnCores) _cores = new CoreCheck(_needsCores, _runner.Cores, _needsCores);
        var isWatched = _hasOwnCores && _cores.IsUseful;
        var fewest = _isQuick ? 1 : _needsCores > 1 && !_cores.IsUseful ? 3 : Rounds.Fewest;
        if (!_isQuick) foreach (var work in works) await _runner.RunAsync(work); // compiles and starts what the first round would pay for

        var start = _runner.Elapsed;
        var all = new List<Round>();
        var counted = 0;
        var before = isWatched ? _cores.Take(_runner) : default;
        using var progress = new ProgressLine();
        do
        {
            // Before and after each round bare loops tell whether the cores were there; only then are its times looked at.
            var times = await RunRoundAsync(works, all.Count + 1);
            var after = isWatched ? _cores.Take(_runner) : default;
            all.Add(new(times, after));
            if (!isWatched || (_cores.Gave(before) && _cores.Gave(after)))
            {
                Count(works, all[^1]);
                counted++;
            }

            before = after;
            progress.Show(() => Describe(counted));
        }
        while (!IsOver(fewest, all.Count, counted, _runner.Elapsed - start));

        if (counted < fewest)
        {
            // Too few for a verdict: the picture shows all of them, and the loops say what was missing.
            works.ForEach(work => work.Clear());
            _cores = new CoreCheck(_needsCores, _runner.Cores, _needsCores);
            all.ForEach(round => Count(works, round));
        }

        _cores.Rounds = (counted, all.Count);
        return this;
    }

    private async Task<TimeSpan[]> RunRoundAsync(List<Timing> works, int round)
    {
        var times = new TimeSpan[works.Count];
        for (var turn = 0; turn < works.Count; turn++)
        {
            // Another one begins each round, so that none always comes behind the same other.
            var next = (round + turn) % works.Count;
            times[next] = await _runner.RunAsync(works[next]);
        }

        return times;
    }

    private void Count(List<Timing> works, Round round)
    {
        foreach (var (work, time) in works.Zip(round.Times)) work.Add(time);
        if (round.Cores.All > TimeSpan.Zero) _cores.Add(round.Cores);
    }

    private bool IsOver(int fewest, int rounds, int counted, TimeSpan elapsed)
    {
        if (rounds < fewest) return false;
        if (fewest < Rounds.Fewest || counted >= Rounds.Most) return true;
        if (elapsed >= (counted == 0 || counted == rounds ? Limit : LimitWhereCoresComeAndGo)) return true;
        return Rounds.Looks.Any(look => look.Rounds == counted) && _claims.All(claim => claim.IsDecided);
    }

    // The claim that is still open tells best why it takes so long.
    private string Describe(int counted)
    {
        var open = counted == 0 ? null : _claims.Find(claim => !claim.IsDecided);
        return $"{Title}: round {counted}" + (open is null ? "" : $", {open.Work.Name} {open.Work.Over(open.Over)} as {open.Over.Name}");
    }

    private sealed record Round(TimeSpan[] Times, CoreSample Cores);
}
