using NotebookHost;
using Workshop.Lessons;
using Claim = ConcurrencyNotebooks.Claim;

namespace Workshop.Running;

/// <summary>A code cell that was run.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Number">Its number among the code cells, from 1.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Duration">From handing it over until its end.</param>
/// <param name="Error">Why it did not end well.</param>
/// <param name="FileLine">The line of the error in the notebook's file, where it is known.</param>
/// <param name="Claims">The claims that it tested.</param>
internal sealed record CellRun(
    NotebookCell Cell, int Number, CellOutcome Outcome, TimeSpan Duration, CellError? Error, int? FileLine, IReadOnlyList<Claim> Claims)
{
    /// <summary>Whether the notebook cannot go on after it.</summary>
    public bool IsFailure => Outcome is CellOutcome.Failed or CellOutcome.TimedOut or CellOutcome.ProcessEnded;
}
