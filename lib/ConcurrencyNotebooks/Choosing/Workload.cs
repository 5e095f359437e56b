namespace ConcurrencyNotebooks;

/// <summary>The properties of a piece of work that decide which model suits it; everything is "no" unless said.</summary>
/// <param name="Name">The name of the work.</param>
/// <param name="Kind">Waiting or computing, whichever takes its time.</param>
/// <example>
/// <code>
/// new Workload("Twenty questions to an API", WorkloadKind.IoBound) { AsyncLibrary = true, ManyAtOnce = true }
/// </code>
/// </example>
public sealed record Workload(string Name, WorkloadKind Kind)
{
    /// <summary>The name of the work.</summary>
    public string Name { get; init; } = Name ?? throw new ArgumentNullException(nameof(Name));

    /// <summary>Whether its library has asynchronous calls, so that it can be awaited.</summary>
    public bool AsyncLibrary { get; init; }

    /// <summary>Whether it waits for dozens or more at the same time.</summary>
    public bool ManyAtOnce { get; init; }

    /// <summary>Whether one core is too slow.</summary>
    public bool ParallelNeeded { get; init; }

    /// <summary>Whether a crash or a leak in it must not touch the rest, or it needs a memory or a runtime of its own.</summary>
    public bool IsolationNeeded { get; init; }
}

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
