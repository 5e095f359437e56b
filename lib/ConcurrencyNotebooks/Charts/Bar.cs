namespace ConcurrencyNotebooks;

/// <summary>One bar of a <see cref="BarChart"/>.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Value">Its length.</param>
/// <param name="Minimum">Where its whisker begins, with <paramref name="Maximum"/>: the spread of repeated measurements.</param>
/// <param name="Maximum">Where its whisker ends.</param>
/// <param name="Model">The model that it shows, which gives it its colour.</param>
internal sealed record Bar(string Label, double Value, double? Minimum = null, double? Maximum = null, ConcurrencyModel? Model = null);
