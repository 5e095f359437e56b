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

    /// <summary>How many cells were not run because one before them failed.</summary>
    public int NotRun => CodeCells - Cells.Count;

    public int Succeeded => Cells.Count(cell => cell.Outcome != CellOutcome.Failed);
    public bool IsOk => Problem is null && Succeeded == CodeCells;
    public IEnumerable<Claim> Claims => Cells.SelectMany(cell => cell.Cell.Claims);
}
