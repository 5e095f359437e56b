using Workshop.Lessons;
using Claim = ConcurrencyNotebooks.Claim;

namespace Workshop.Running;

/// <summary>A notebook that was run, or could not be.</summary>
internal sealed record NotebookRun(NotebookFile File, DateTimeOffset StartedAt)
{
    /// <summary>How many code cells it has.</summary>
    public int CodeCells { get; init; }

    /// <summary>The cells that were run, in order.</summary>
    public IReadOnlyList<CellRun> Cells { get; init; } = [];

    /// <summary>From its start to its end, with the start of its process.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Why nothing of it ran: it could not be read, or its process did not start.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether the problem is the file's rather than the machine's.</summary>
    public bool IsUnreadable { get; init; }

    /// <summary>The cell that ended it before its end.</summary>
    public CellRun? Failure => Cells.FirstOrDefault(cell => cell.IsFailure);

    /// <summary>How many cells were not run because of that.</summary>
    public int NotRun => CodeCells - Cells.Count;

    /// <summary>Whether every cell ran.</summary>
    public bool IsOk => Problem is null && Failure is null && NotRun == 0;

    /// <summary>What its own code took.</summary>
    public TimeSpan CellTime => Cells.Aggregate(TimeSpan.Zero, (sum, cell) => sum + cell.Duration);

    /// <summary>All claims that it tested.</summary>
    public IEnumerable<Claim> Claims => Cells.SelectMany(cell => cell.Claims);
}
