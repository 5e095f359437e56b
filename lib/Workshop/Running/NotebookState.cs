using Workshop.Isolation;

namespace Workshop.Running;

/// <summary>The cells of a notebook that ran, from the first on, and the process that has what they declared.</summary>
internal sealed class NotebookState : IAsyncDisposable
{
    public List<CellRun> Cells { get; } = [];

    /// <summary>Null before the first cell, and where a process could not be started again.</summary>
    public INotebookSession? Process { get; set; }

    /// <summary>Ends the process and all that it started, and forgets the cells.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Process is { } process) await process.DisposeAsync();
        Process = null;
        Cells.Clear();
    }
}
