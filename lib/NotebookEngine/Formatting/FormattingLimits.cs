namespace NotebookEngine;

/// <summary>How much of a value is shown; what is left out is said where it is cut.</summary>
public sealed record FormattingLimits
{
    /// <summary>What notebooks use.</summary>
    public static FormattingLimits Default { get; } = new();

    /// <summary>Items of a sequence or entries of a dictionary. More would push the next cell off the screen.</summary>
    public int Items { get; init; } = 20;

    /// <summary>Properties and fields of an object.</summary>
    public int Members { get; init; } = 30;

    /// <summary>Objects within objects.</summary>
    public int Depth { get; init; } = 5;

    /// <summary>Characters of one string.</summary>
    public int TextLength { get; init; } = 10_000;

    /// <summary>Bytes of a byte array.</summary>
    public int Bytes { get; init; } = 64;

    /// <summary>
    /// Characters of everything together, before markup. A notebook is a file that people commit: one value must not
    /// make it megabytes.
    /// </summary>
    public int Size { get; init; } = 100_000;
}
