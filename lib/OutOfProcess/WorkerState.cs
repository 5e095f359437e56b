namespace OutOfProcess;

/// <summary>What a worker of a <see cref="ProcessPool"/> does.</summary>
public enum WorkerState
{
    /// <summary>Its process is being started, or its initializer runs.</summary>
    Starting,

    /// <summary>It waits for a call, or has one that it has not begun.</summary>
    Idle,

    /// <summary>It runs a call.</summary>
    Busy,

    /// <summary>It ends the calls that it has, and is then replaced or not needed any more.</summary>
    Retiring,

    /// <summary>Its process has ended.</summary>
    Ended,
}
