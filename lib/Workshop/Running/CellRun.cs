using NotebookHost;
using Workshop.Lessons;

namespace Workshop.Running;

/// <summary>A code cell that was run.</summary>
/// <param name="Cell">The cell, with what it showed.</param>
/// <param name="Number">Its number among the code cells, from 1.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Duration">From handing it over until its end.</param>
/// <param name="Error">Why it did not end well.</param>
/// <param name="FileLine">The line of the error in the notebook's file, where it is known.</param>
internal sealed record CellRun(
    NotebookCell Cell, int Number, CellOutcome Outcome, TimeSpan Duration, CellError? Error, int? FileLine);
