namespace ConcurrencyNotebooks;

/// <summary>What became of a claim.</summary>
public enum Verdict
{
    /// <summary>What was measured agrees with it: ✔.</summary>
    Holds,

    /// <summary>What was measured contradicts it: ✘.</summary>
    Fails,

    /// <summary>This machine could not tell, or not in this time: –. The claim says why.</summary>
    Undecided,
}
