namespace Workshop.Commands;

/// <summary>What to run and what to leave behind.</summary>
/// <param name="Paths">Notebooks and folders; none for all lessons.</param>
/// <param name="CellTimeout">How long a cell may take.</param>
/// <param name="Save">Whether outputs are written back into the notebooks that ran well.</param>
/// <param name="Output">A folder for copies with their outputs.</param>
/// <param name="Handouts">A folder for the handouts; null for the repository's, which takes its own lessons only.</param>
/// <param name="Strict">Whether a claim that does not hold is an error.</param>
/// <param name="Decided">Whether a claim that this machine could not decide is an error.</param>
internal sealed record RunOptions(
    IReadOnlyList<string> Paths, TimeSpan CellTimeout, bool Save, string? Output, string? Handouts, bool Strict, bool Decided);
