namespace ConcurrencyNotebooks;

/// <summary>What takes the time of a <see cref="Workload"/>.</summary>
/// <example>
/// <code>
/// new Workload("Count primes", WorkloadKind.CpuBound)
/// </code>
/// </example>
public enum WorkloadKind
{
    /// <summary>Waiting for a network, a disk, a person.</summary>
    IoBound,

    /// <summary>Computing.</summary>
    CpuBound,
}
