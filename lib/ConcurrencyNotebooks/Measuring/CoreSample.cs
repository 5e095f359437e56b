namespace ConcurrencyNotebooks;

/// <summary>The times of a bare loop alone and of one on each of several cores at once.</summary>
internal readonly record struct CoreSample(TimeSpan One, TimeSpan All);
