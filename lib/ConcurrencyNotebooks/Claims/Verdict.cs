namespace ConcurrencyNotebooks;

/// <summary>The verdict on a claim.</summary>
/// <example>
/// <code>
/// Claims.Holds("One and one are two", 1 + 1 == 2).Verdict      // Holds
/// </code>
/// </example>
public enum Verdict
{
    /// <summary>The measurement agrees with the claim: ✔.</summary>
    Holds,

    /// <summary>The measurement contradicts the claim: ✘.</summary>
    Fails,

    /// <summary>This machine could not tell, or not in this time: –. The claim says why.</summary>
    Undecided,
}
