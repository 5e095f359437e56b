namespace ConcurrencyNotebooks;

/// <summary>
/// Bare loops on one core and on several at once, between the rounds of the works: they tell whether the machine gave the cores that a
/// comparison needs. The system counts cores that other programs, or the neighbours of a virtual machine, may be using.
/// </summary>
internal sealed class CoreCheck(int needed, int counted, int loops)
{
    /// <summary>With less than three quarters of the needed cores nothing can be said about works that need them.</summary>
    private const double Enough = 0.75;

    public Timing One { get; } = new("bare loop on one core", null, null);

    public Timing All { get; } = new($"bare loop on each of {loops} cores at once", null, null);

    /// <summary>Whether loops can tell anything: not for works that need one core, and not where the system counts too few.</summary>
    public bool IsUseful => needed > 1 && counted >= needed;

    /// <summary>The rounds that count, and all of them; the others are left out because cores were missing before or after them.</summary>
    public (int Counted, int All) Rounds { get; set; }

    public bool HasSamples => One.Samples.Count > 0;

    public bool WereThere => needed == 1 || (HasSamples && Given.Low >= Enough * needed);

    /// <summary>The cores that the machine gave, such as <c>1.9 of 2 cores (1.8 to 2.0)</c>.</summary>
    public string Description => Given.Show($" of {loops} cores")
        + (Rounds.Counted < Rounds.All ? $", enough of them in {Rounds.Counted} of {Rounds.All} rounds" : "");

    public string WhyMissing => HasSamples ? $"the machine gave {Description}" : $"it needs {needed} cores, and this process has {counted}";

    private Ratio Given => Ratio.Of(One.Samples.Zip(All.Samples, (one, all) => loops * (one / all)));

    public (TimeSpan One, TimeSpan All) Take(WorkRunner runner) => (runner.RunLoops(1), runner.RunLoops(loops));

    public bool Gave((TimeSpan One, TimeSpan All) sample) => loops * (sample.One / sample.All) >= Enough * needed;

    public void Add((TimeSpan One, TimeSpan All) sample)
    {
        One.Add(sample.One);
        All.Add(sample.All);
    }

    public void Clear()
    {
        One.Clear();
        All.Clear();
    }
}
