namespace Workshop.Running;

/// <summary>What became of a claim.</summary>
internal enum Verdict
{
    /// <summary>The measured number is within the bound.</summary>
    Holds,

    /// <summary>It is not.</summary>
    Fails,

    /// <summary>This machine cannot test it, for one because it has a single core.</summary>
    Skipped,
}
