namespace OutOfProcess;

/// <summary>Worker after worker died before it could take a call, so the pool has stopped instead of starting them for ever.</summary>
public sealed class PoolBrokenException : Exception
{
    internal PoolBrokenException(WorkerEnd end)
        : base($"The process pool has stopped, because its workers cannot start: the last one {end.Reason}{end.LastOutput}. "
            + "Correct that (an initializer that throws, too little memory, a worker program of another build) and create a new pool.") =>
        LastErrorLines = end.LastErrorLines;

    /// <summary>The last lines that the last worker wrote to its standard error.</summary>
    public IReadOnlyList<string> LastErrorLines { get; }
}
