namespace OutOfProcess;

/// <summary>Where a call is on its way.</summary>
internal enum CallPhase
{
    /// <summary>Only its caller and its tokens know of it.</summary>
    Made,

    /// <summary>Waits in the queue.</summary>
    Queued,

    /// <summary>A worker holds it, and may be running it.</summary>
    Sent,

    /// <summary>Its caller has been told how it ended.</summary>
    Ended,
}
