namespace Cluster;

/// <summary>What of a counter outlives its silo, when it was stored.</summary>
[GenerateSerializer]
internal sealed class CounterState
{
    [Id(0)]
    public int Value { get; set; }

    /// <summary>The operations that are in the value already.</summary>
    [Id(1)]
    public HashSet<Guid> Counted { get; set; } = [];
}
