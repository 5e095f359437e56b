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
        if (_hasOwnCores) _cores.Clear();
        var isWatched = _hasOwnCores && _cores.IsUseful;
        var fewest = _isQuick ? 1 : _needsCores > 1 && !_cores.IsUseful ? 3 : Rounds.Fewest;
        if (!_isQuick) foreach (var work in works) await _runner.RunAsync(work); // compiles and starts what the first round would pay for

        var start = _runner.Elapsed;
        var all = new List<(TimeSpan[] Times, (TimeSpan One, TimeSpan All) Cores)>();
        var counted = 0;
        var before = isWatched ? _cores.Take(_runner) : default;
        using var progress = new ProgressLine();
        do
        {
            // Before and after each round bare loops tell whether the cores were there; only then are its times looked at.
            // Another work begins each round, so that none always comes behind the same other.
            var times = new TimeSpan[works.Count];
            foreach (var next in Enumerable.Range(all.Count + 1, works.Count).Select(turn => turn % works.Count))
                times[next] = await _runner.RunAsync(works[next]);
            var after = isWatched ? _cores.Take(_runner) : default;
            all.Add((times, after));
            if (!isWatched || (_cores.Gave(before) && _cores.Gave(after)))
            {
                Count(works, times, after);
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
            _cores.Clear();
            all.ForEach(round => Count(works, round.Times, round.Cores));
        }

        _cores.Rounds = (counted, all.Count);
        return this;
    }

    private void Count(List<Timing> works, TimeSpan[] times, (TimeSpan One, TimeSpan All) cores)
    {
        foreach (var (work, time) in works.Zip(times)) work.Add(time);
        if (cores.All > TimeSpan.Zero) _cores.Add(cores);
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
}
