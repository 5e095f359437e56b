namespace Workshop.Running;

internal sealed record CellRun(
    NotebookCell Cell, int Number, CellOutcome Outcome, TimeSpan Duration, CellError? Error, int? FileLine)
{
    /// <summary>
    /// Whether the cells after it are not run: what builds on a failed cell would only fail after it. A cell for another host was never
    /// to run here.
    /// </summary>
    public bool EndsNotebook => Outcome == CellOutcome.Failed && Cell.OtherLanguage is null;
}

/// <summary>What became of a cell in a run.</summary>
internal enum CellOutcome
{
    Ok,

    /// <summary>It ended with the error that its tag <c>raises-exception</c> announces.</summary>
    ExpectedError,

    /// <summary>It is tagged <c>optional</c> and failed: no package, no compilation, an exception, no end in time.</summary>
    LeftOut,

    /// <summary>It ended with an error, in time or not, or without the one that was expected; its process may be gone.</summary>
    Failed,
}
