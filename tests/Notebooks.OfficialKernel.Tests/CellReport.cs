namespace Notebooks.OfficialKernel.Tests;

/// <summary>What came of a cell in the kernel.</summary>
/// <param name="Id">The cell's.</param>
/// <param name="Kinds">The kinds of its outputs, in order.</param>
/// <param name="Failure">What the kernel said when it failed, null when it succeeded.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record CellReport(string Id, IReadOnlyList<string> Kinds, string? Failure, double Seconds);
