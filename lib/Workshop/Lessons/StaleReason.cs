namespace Workshop.Lessons;

/// <summary>Why a cell's saved outputs are not those of the present code.</summary>
internal enum StaleReason
{
    /// <summary>Nothing says which code the outputs belong to: the cell was never run and saved by this program.</summary>
    NotStamped,

    /// <summary>The cell has no outputs any more, or was never run.</summary>
    NotRun,

    /// <summary>The cell's own code changed.</summary>
    CodeChanged,

    /// <summary>The code of a cell above changed, or cells were added, removed or moved there.</summary>
    EarlierCodeChanged,
}
