namespace ConcurrencyNotebooks;

/// <summary>A row of a heat map.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">A number for each column; NaN leaves a cell empty.</param>
internal sealed record HeatRow(string Name, IReadOnlyList<double> Values);
