using System.Diagnostics;

namespace ConcurrencyNotebooks;

/// <summary>
/// Looks, between the works that are measured in turns, how many cores' worth of work the machine does. The system counts
/// cores that others may be using: other programs, and on a rented virtual machine its neighbours, who can leave two cores
/// with the work of one. It also counts two where one core runs two threads, and runs one alone almost twice as fast.
/// </summary>
/// <param name="needed">The cores that the works need; with 1 it does not look.</param>
/// <param name="measure">What so many bare loops do at once, as a multiple of what one does alone.</param>
/// <param name="patience">How long it waits for the cores, works that have to be run again included; then a few rounds are enough.</param>
/// <param name="reserve">How much longer it waits when there are fewer.</param>
internal sealed class CoreWatch(int needed, Func<int, double> measure, TimeSpan patience, TimeSpan reserve)
{
    // About 20 ms. A host gives a virtual machine its second core only some milliseconds after that has begun to use it, so a
    // shorter look would miss cores that are there; a longer one would only cost more of each round.
    private const long Terms = 80_000_000;

    private const double Enough = 0.75;
    private const int FewestRounds = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly List<double> _looks = [];
    private bool _areThere;
    private int _rounds;
    private int _runAgain;

    public int Needed => needed;

    /// <summary>The median of what the machine gave.</summary>
    public double AtHand => _looks.Order().ElementAt(_looks.Count / 2);

    /// <summary>Whether enough rounds had the cores.</summary>
    public bool HadCores { get; private set; } = true;

    /// <summary>Whether the machine gave less than was needed: for most of the time, even where enough rounds found a moment.</summary>
    public bool WasShort => needed > 1 && (!HadCores || AtHand < Enough * needed);

    private bool HasEnoughRounds => _rounds >= FewestRounds;

    /// <summary>How long it has waited, works that had to be run again included; about its patience and its reserve at most.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>Measures a work once, and again as long as the cores go meanwhile.</summary>
    /// <param name="time">Runs it.</param>
    /// <returns>Null when its patience is at an end, and there are rounds enough without this one.</returns>
    public TimeSpan? Run(Func<TimeSpan> time)
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
            if (_areThere) return taken;
            Waited += Stopwatch.GetElapsedTime(start);
            _runAgain++;
        }

        return time();
    }

    /// <summary>To be called after each round.</summary>
    public void EndRound() => _rounds++;

    public override string ToString() => $"{Quantity.Format(AtHand, "")} of {needed} cores at hand" + (HadCores, _runAgain) switch
    {
        (false, _) => ", too few",
        (_, 0) => "",
        (_, var runs) => $", {runs} of the runs made again for want of them",
    };

    public static double Measure(int loops)
    {
        var alone = Time(() => Cpu.SumOfSquares(Terms));
        var together = Time(() =>
        {
            var threads = Enumerable.Range(0, loops).Select(_ => new Thread(() => Cpu.SumOfSquares(Terms))).ToList();
            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());
        });
        return loops * (alone / together);
    }

    private bool Await()
    {
        while (!_areThere && Waited < (HasEnoughRounds ? patience : patience + reserve))
        {
            var start = Stopwatch.GetTimestamp();
            Look();
            if (_areThere) break;
            Thread.Sleep(Pause);
            Waited += Stopwatch.GetElapsedTime(start);
        }

        return _areThere && !(HasEnoughRounds && Waited >= patience);
    }

    private void Look()
    {
        _looks.Add(measure(needed));
        _areThere = _looks[^1] >= Enough * needed;
    }

    private static TimeSpan Time(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start);
    }
}
