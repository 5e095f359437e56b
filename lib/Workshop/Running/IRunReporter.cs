using Workshop.Lessons;

namespace Workshop.Running;

/// <summary>Hears what happens in a run, as it happens.</summary>
internal interface IRunReporter
{
    /// <summary>A notebook's process is being started.</summary>
    void NotebookStarted(NotebookFile file, int codeCells);

    /// <summary>A cell was handed over.</summary>
    void CellStarted(NotebookCell cell, int number);

    /// <summary>A cell ended, well or not.</summary>
    void CellEnded(NotebookFile file, CellRun cell);

    /// <summary>A notebook ended, well or not.</summary>
    void NotebookEnded(NotebookRun run);

    /// <summary>Something to know that is no error.</summary>
    void Note(string text);
}
