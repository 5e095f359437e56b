using ConcurrencyNotebooks;
using Workshop.Lessons;

namespace Workshop.Running;

/// <summary>A notebook that was run, or could not be.</summary>
/// <param name="File">The notebook's file.</param>
/// <param name="CodeCells">How many code cells it has.</param>
internal sealed record NotebookRun(NotebookFile File, int CodeCells)
{
    /// <summary>When it started.</summary>
    public DateTimeOffset StartedAt { get; } = DateTimeOffset.Now;

    /// <summary>The cells that were run, in order.</summary>
    public IReadOnlyList<CellRun> Cells { get; init; } = [];

    /// <summary>From its start to its end, with the start of its process.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Why nothing of it ran: it could not be read, or its process did not start.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether the problem is the file's rather than the machine's.</summary>
    public bool IsUnreadable { get; init; }

    /// <summary>How many cells were not run because one before them failed.</summary>
    public int NotRun => CodeCells - Cells.Count;

    /// <summary>How many cells ran as they should.</summary>
    public int Succeeded => Cells.Count(cell => cell.Outcome != CellOutcome.Failed);

    /// <summary>Whether every cell ran.</summary>
    public bool IsOk => Problem is null && Succeeded == CodeCells;

    /// <summary>All claims that it tested.</summary>
    public IEnumerable<Claim> Claims => Cells.SelectMany(cell => cell.Cell.Claims);
}
