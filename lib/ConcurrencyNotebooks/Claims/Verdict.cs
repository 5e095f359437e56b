namespace ConcurrencyNotebooks;

/// <summary>What became of a claim.</summary>
public enum Verdict
{
    /// <summary>The measurement agrees with it.</summary>
    Holds,

    /// <summary>The measurement does not agree with it.</summary>
    Fails,

    /// <summary>This machine cannot tell, and the reason says why.</summary>
    Skipped,
}
