namespace Workshop.Isolation;

/// <summary>Where the cells of one notebook run, one at a time.</summary>
internal interface INotebookSession : IAsyncDisposable
{
    bool IsAlive { get; }

    /// <summary>
    /// Runs a cell, named in errors and stack frames by its id, and waits for its end, which comes in every case: after the timeout, or
    /// when cancellation is asked for, it is interrupted and, where that does not help, its process ended. With its number in the notebook
    /// it sees only what cells of lower numbers declared, whatever ran meanwhile; without one it continues from the cell that ran last.
    /// </summary>
    Task<CellResult> RunAsync(
        string cellId,
        string code,
        TimeSpan timeout,
        Action<CellOutput>? onOutput = null,
        int? number = null,
        CancellationToken cancellationToken = default);
}

/// <summary>What became of a cell: what it showed, its time with compilation, and why it did not end well, which is also shown.</summary>
internal sealed record CellResult(IReadOnlyList<CellOutput> Outputs, TimeSpan Duration, CellError? Error);

/// <summary>A notebook's process did not start, or is not what it should be.</summary>
internal sealed class NotebookProcessException(string message, Exception? innerException = null) : Exception(message, innerException);
