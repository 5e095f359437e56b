using NotebookHost;

namespace Workshop.Isolation;

/// <summary>What became of a cell.</summary>
/// <param name="Outputs">All that it showed, in order; neighbouring pieces of one stream are joined.</param>
/// <param name="Duration">From handing the cell over until its end, compilation included.</param>
/// <param name="Error">Why it did not end well; null when it did. It is also the last of the outputs.</param>
internal sealed record CellResult(IReadOnlyList<CellOutput> Outputs, TimeSpan Duration, CellError? Error);
