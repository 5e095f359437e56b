namespace Workshop.Running;

/// <summary>A notebook that was run, or could not be.</summary>
internal sealed record NotebookRun(NotebookFile File, int CodeCells)
{
    public DateTimeOffset StartedAt { get; } = DateTimeOffset.Now;
    public IReadOnlyList<CellRun> Cells { get; init; } = [];

    /// <summary>From its start to its end, with the start of its process.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Why nothing of it ran: it could not be read, or its process did not start.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether the problem is the file's rather than the machine's.</summary>
    public bool IsUnreadable { get; init; }

    public int Succeeded => Cells.Count(cell => cell.Outcome != CellOutcome.Failed);
    public bool IsOk => Problem is null && Succeeded == CodeCells;
    public IEnumerable<Claim> Claims => Cells.SelectMany(cell => cell.Cell.Claims);
}

/// <summary>A cell that was run.</summary>
internal sealed record CellRun(NotebookCell Cell, int Number, CellOutcome Outcome, TimeSpan Duration, CellError? Error, int? FileLine)
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
