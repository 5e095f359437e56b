namespace ConcurrencyNotebooks;

/// <summary>What a workload spends its time with.</summary>
public enum WorkloadKind
{
    /// <summary>Waiting for a network, a disk, a person.</summary>
    IoBound,

    /// <summary>Computing.</summary>
    CpuBound,
}
