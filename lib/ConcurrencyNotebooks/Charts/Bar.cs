namespace ConcurrencyNotebooks;

/// <summary>One bar of <see cref="Chart.Bars(string, IEnumerable{Bar}, string, string, bool, string)"/>.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Value">Its length.</param>
/// <param name="Minimum">Where its whisker begins, with <paramref name="Maximum"/>: the spread of repeated measurements.</param>
/// <param name="Maximum">Where its whisker ends.</param>
/// <param name="Model">The model that it shows, which gives it its colour.</param>
public sealed record Bar(string Label, double Value, double? Minimum = null, double? Maximum = null, ConcurrencyModel? Model = null);
