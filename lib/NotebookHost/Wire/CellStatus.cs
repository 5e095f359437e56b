namespace NotebookHost;

/// <summary>How a cell ended.</summary>
internal enum CellStatus
{
    /// <summary>It ran to its end.</summary>
    Ok,

    /// <summary>It does not compile, or an exception stopped it. Its session goes on, with the variables set before.</summary>
    Failed,

    /// <summary>It took longer than it was given and was interrupted or, where that did not help, its process ended.</summary>
    TimedOut,

    /// <summary>Its process ended while it ran: it exited, crashed or was killed. Nothing of the session is left.</summary>
    ProcessEnded,

    /// <summary>The user interrupted it. Its session goes on, with the variables set before.</summary>
    Interrupted,
}
