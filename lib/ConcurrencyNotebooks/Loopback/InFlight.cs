namespace ConcurrencyNotebooks;

/// <summary>The number of requests that the loopback site was answering.</summary>
/// <param name="Current">At the moment of asking.</param>
/// <param name="Peak">At most at one moment, since the start or the last reset.</param>
/// <example>
/// <code>
/// await using (var site = await LoopbackSite.StartAsync())
/// {
///     await site.Client.GetStringAsync(site.Page(1));
///     InFlight inFlight = await site.InFlightAsync();
///     Console.WriteLine($"{inFlight.Current} now, {inFlight.Peak} at most");
/// }
/// </code>
/// </example>
public sealed record InFlight(int Current, int Peak);
