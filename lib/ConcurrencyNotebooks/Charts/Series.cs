namespace ConcurrencyNotebooks;

/// <summary>One line of <see cref="Chart.Lines"/>.</summary>
/// <param name="Name">Its label, written beside its end.</param>
/// <param name="Points">Its points in order; a NaN interrupts it.</param>
/// <param name="Model">The model that it shows, which gives it its colour.</param>
/// <param name="IsReference">Whether it is there to compare with, such as the ideal speedup: dashed, without marks.</param>
public sealed record Series(string Name, IEnumerable<(double X, double Y)> Points, ConcurrencyModel? Model = null, bool IsReference = false);
