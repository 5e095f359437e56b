namespace Workshop.Running;

/// <summary>What became of a cell in a run.</summary>
internal enum CellOutcome
{
    /// <summary>It ran to its end.</summary>
    Ok,

    /// <summary>It ended with the error that its tag <c>raises-exception</c> announces.</summary>
    ExpectedError,

    /// <summary>It is tagged <c>optional</c> and failed: no package, no compilation, an exception, no end in time.</summary>
    LeftOut,

    /// <summary>It does not compile, threw, or was expected to throw and did not.</summary>
    Failed,

    /// <summary>It took longer than a cell may.</summary>
    TimedOut,

    /// <summary>Its process ended with it.</summary>
    ProcessEnded,

    /// <summary>The user interrupted it.</summary>
    Interrupted,
}
