namespace ConcurrencyNotebooks;

/// <summary>The number of requests that the loopback site was answering.</summary>
/// <param name="Current">At the moment of asking.</param>
/// <param name="Peak">At most at one moment, since the start or the last reset.</param>
/// <param name="Total">Altogether, since the start or the last reset.</param>
public sealed record InFlight(int Current, int Peak, long Total);
