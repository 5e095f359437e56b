using System.Diagnostics;

namespace ConcurrencyNotebooks;

/// <summary>
/// Looks, between the rounds of works that are measured in turns, how many cores' worth of work the machine does. The system
/// counts cores that others may be using: other programs, and on a rented virtual machine its neighbours, who can leave two
/// cores with the work of one.
/// </summary>
/// <param name="needed">The cores that the works need; with 1 it does not look.</param>
/// <param name="measure">What so many bare loops do at once, as a multiple of what one does alone.</param>
internal sealed class CoreWatch(int needed, Func<int, double> measure)
{
    // About 20 ms. A host gives a virtual machine its second core only some milliseconds after that has begun to use it, so a
    // shorter look would miss cores that are there; a longer one would only cost more of each round.
    private const long Terms = 80_000_000;

    private const double Enough = 0.75;
    private const int FewestRounds = 3;

    private readonly List<double> _looks = [];

    public int Needed => needed;

    /// <summary>The median of what the machine gave.</summary>
    public double AtHand => _looks.Order().ElementAt(_looks.Count / 2);

    /// <summary>Whether enough rounds had the cores at their beginning and at their end.</summary>
    public bool HadCores => needed == 1 || GoodRounds >= Math.Min(FewestRounds, Rounds);

    private int Rounds => _looks.Count - 1;

    private int GoodRounds => Enumerable.Range(0, Rounds).Count(IsGood);

    /// <summary>To be called before the first round and after each.</summary>
    public void Look()
    {
        if (needed > 1) _looks.Add(measure(needed));
    }

    /// <summary>What was measured in rounds that had the cores, or in all where too few had.</summary>
    public IEnumerable<double> Comparable(IEnumerable<double> byRound) =>
        needed > 1 && HadCores ? byRound.Where((_, round) => IsGood(round)) : byRound;

    public override string ToString() =>
        $"{Quantity.Format(AtHand, "")} of {needed} cores at hand, enough of them in {GoodRounds} of {Rounds} rounds";

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

    private bool IsGood(int round) => Math.Min(_looks[round], _looks[round + 1]) >= Enough * needed;

    private static TimeSpan Time(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start);
    }
}
