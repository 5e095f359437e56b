using System.Diagnostics;

namespace ConcurrencyNotebooks;

/// <summary>
/// Runs bare loops between the works that are measured in turns, to see how many cores' worth of work the machine does, and
/// how fast. The system counts cores that others may be using: other programs, and on a rented virtual machine its neighbours,
/// who can leave two cores with the work of one, or both at half their speed.
/// </summary>
/// <param name="needed">The cores that the works need; with 1 it does not look.</param>
/// <param name="rounds">The rounds that are wanted.</param>
/// <param name="measure">Runs one bare loop, and then so many at once.</param>
/// <param name="patience">How long it waits for the cores, works that have to be run again included; then two thirds of the rounds are enough.</param>
internal sealed class CoreWatch(int needed, int rounds, Func<int, BareLoops> measure, Patience patience)
{
    // About 10 ms. A host gives a virtual machine its second core only some milliseconds after that has begun to use it, so a
    // shorter look would miss cores that are there; a longer one would only cost more of each round.
    private const long Terms = 40_000_000;

    private const double Enough = 0.75;
    private const int FewestRounds = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly List<BareLoops> _looks = [];
    private bool _areThere;
    private int _rounds;
    private int _runAgain;

    public int Needed => needed;

    /// <summary>The median of what the machine gave.</summary>
    public double AtHand => _looks.Select(loops => loops.Cores).Order().ElementAt(_looks.Count / 2);

    /// <summary>Whether enough rounds had the cores.</summary>
    public bool HadCores { get; private set; } = true;

    /// <summary>Whether the machine gave less than was needed: for most of the time, even where enough rounds found a moment.</summary>
    public bool WasShort => needed > 1 && (!HadCores || AtHand < Enough * needed);

    /// <summary>How long it has waited, works that had to be run again included; about as long as its patience lasts at most.</summary>
    public TimeSpan Waited { get; private set; }

    private bool HasEnoughRounds => _rounds >= Math.Max(FewestRounds, rounds * 2 / 3);

    /// <summary>Measures a work once, and again as long as the cores go meanwhile.</summary>
    /// <param name="time">Runs it.</param>
    /// <returns>
    /// What it took, and the number of the look after it; that is null when nobody looked.
    /// Nothing when its patience is at an end, and there are rounds enough without this one.
    /// </returns>
    public (TimeSpan Taken, int? Look)? Run(Func<TimeSpan> time)
    {
        while (needed > 1 && HadCores)
        {
            if (!Await())
            {
                if (HasEnoughRounds) return null;
                HadCores = false; // The rounds that are left are run all the same: there is to be something to see.
                break;
            }

            var start = Stopwatch.GetTimestamp();
            var taken = time();
            Look();
            if (_areThere) return (taken, _looks.Count - 1);
            Waited += Stopwatch.GetElapsedTime(start);
            _runAgain++;
        }

        return (time(), null);
    }

    /// <summary>To be called after each round, with what <see cref="Run"/> returned for each work.</summary>
    /// <returns>Each run as a multiple of the loops beside it; null when nobody looked.</returns>
    public double[]? EndRound(IReadOnlyList<(TimeSpan Taken, int? Look)> runs)
    {
        _rounds++;
        return runs.Any(run => run.Look is null) ? null : [.. runs.Select(run => run.Taken / Beside(run.Look!.Value, runs))];
    }

    public override string ToString() => $"{Quantity.Format(AtHand, "")} of {needed} cores at hand" + (HadCores, _runAgain) switch
    {
        (false, _) => ", too few",
        (_, 0) => "",
        (_, var runs) => $", {runs} of the runs made again for want of them",
    };

    public static BareLoops Measure(int count)
    {
        var alone = Time(() => Cpu.SumOfSquares(Terms));
        var together = Time(() =>
        {
            var threads = Enumerable.Range(0, count).Select(_ => new Thread(() => Cpu.SumOfSquares(Terms))).ToList();
            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());
        });
        return new BareLoops(count, alone, together);
    }

    // The loops before and after a run, and before and after those of its round that ran without a break before it or behind it:
    // as long as the cores stay, one yardstick for all is better than one for each, which would differ by chance.
    private TimeSpan Beside(int look, IReadOnlyList<(TimeSpan Taken, int? Look)> runs)
    {
        var (first, last) = (look, look);
        while (runs.Any(run => run.Look == first - 1)) first--;
        while (runs.Any(run => run.Look == last + 1)) last++;
        return TimeSpan.FromSeconds(_looks[(first - 1)..(last + 1)].Average(loops => loops.Taken.TotalSeconds));
    }

    private bool Await()
    {
        while (!_areThere && Waited < (HasEnoughRounds ? patience.Own : patience.Own + patience.Shared))
        {
            var start = Stopwatch.GetTimestamp();
            Look();
            if (_areThere) break;
            Thread.Sleep(Pause);
            Waited += Stopwatch.GetElapsedTime(start);
        }

        return _areThere && !(HasEnoughRounds && Waited >= patience.Own);
    }

    private void Look()
    {
        _looks.Add(measure(needed));
        _areThere = _looks[^1].Cores >= Enough * needed;
    }

    private static TimeSpan Time(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start);
    }
}

/// <summary>How long bare loops took: one alone, and after it so many at once.</summary>
internal readonly record struct BareLoops(int Count, TimeSpan Alone, TimeSpan Together)
{
    /// <summary>What they did at once, as a multiple of what one did alone.</summary>
    public double Cores => Count * (Alone / Together);

    /// <summary>All of it.</summary>
    public TimeSpan Taken => Alone + Together;
}

/// <summary>How long the cores are waited for.</summary>
/// <param name="own">What each measurement has for itself.</param>
/// <param name="shared">What all measurements share, for those that have too few rounds.</param>
internal sealed class Patience(TimeSpan own, TimeSpan shared)
{
    /// <summary>The one of all measurements of a process.</summary>
    /// <remarks>Neighbours were seen to keep a core for up to twenty seconds, which is too long to sit out in each of several measurements.</remarks>
    public static Patience OfProcess { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(6));

    public TimeSpan Own => own;

    public TimeSpan Shared { get; private set; } = shared;

    /// <summary>Takes what a measurement waited beyond its own from what is shared.</summary>
    public void Spend(TimeSpan waited)
    {
        if (waited > own) Shared = TimeSpan.FromTicks(Math.Max(0, (Shared - (waited - own)).Ticks));
    }
}
