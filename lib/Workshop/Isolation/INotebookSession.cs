using NotebookHost;

namespace Workshop.Isolation;

/// <summary>Where the cells of one notebook run, one at a time.</summary>
internal interface INotebookSession : IAsyncDisposable
{
    /// <summary>Whether cells can still run.</summary>
    bool IsAlive { get; }

    /// <summary>Runs a cell and waits for its end, which comes in every case.</summary>
    /// <param name="cellId">Names the cell in errors and stack frames.</param>
    /// <param name="code">Its source.</param>
    /// <param name="timeout">
    /// After this time the cell is interrupted and, where that does not help, its process ended;
    /// <see cref="Timeout.InfiniteTimeSpan"/> for no limit.
    /// </param>
    /// <param name="onOutput">Called for everything that the cell shows, while it runs, one call at a time.</param>
    /// <param name="cancellationToken">Interrupts the cell, as above.</param>
    /// <exception cref="OperationCanceledException">The token asked for it; the cell does not run any more.</exception>
    Task<CellResult> RunAsync(
        string cellId,
        string code,
        TimeSpan timeout,
        Action<CellOutput>? onOutput = null,
        CancellationToken cancellationToken = default);
}
