namespace NotebookEngine;

/// <content>Which code the saved outputs belong to.</content>
public sealed partial class NotebookDocument
{
    /// <summary>
    /// Notes in each cell whose outputs were set since the notebook was read that they belong to the code as it is now.
    /// Call it after a run, before <see cref="Save"/>. Cells that the run did not reach keep what they say.
    /// </summary>
    public void StampOutputs()
    {
        foreach (var (cell, fingerprint) in CellFingerprint.Of(this))
        {
            if (cell.HasNewOutputs) fingerprint.Write(cell);
        }
    }

    /// <summary>The code cells whose saved outputs do not belong to the present code; blank cells are never among them.</summary>
    public IReadOnlyList<StaleCell> StaleCells()
    {
        var stale = new List<StaleCell>();
        foreach (var (cell, now) in CellFingerprint.Of(this))
        {
            var saved = CellFingerprint.Read(cell);
            StaleReason? reason = cell.ExecutionCount is null ? StaleReason.NotRun
                : saved is null ? StaleReason.NotStamped
                : saved.Source != now.Source ? StaleReason.CodeChanged
                : saved.Before != now.Before ? StaleReason.EarlierCodeChanged
                : null;
            if (reason is not null) stale.Add(new StaleCell(cell, reason.Value));
        }

        return stale;
    }
}
