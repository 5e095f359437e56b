namespace ConcurrencyNotebooks;

/// <summary>Spans of one kind in one lane of a timeline.</summary>
/// <param name="Name">The lane: a thread, a process. Several of these may share a lane.</param>
/// <param name="Spans">Where each begins and ends, in seconds, and what it is.</param>
/// <param name="Model">The model that they show, which gives them their colour.</param>
/// <param name="IsWaiting">Whether they wait and do not work.</param>
internal sealed record ChartLane(
    string Name, IReadOnlyList<(double Start, double End, string Name)> Spans, ConcurrencyModel? Model = null, bool IsWaiting = false);
