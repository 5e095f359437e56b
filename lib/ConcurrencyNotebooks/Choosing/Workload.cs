namespace ConcurrencyNotebooks;

/// <summary>What one has to know of a piece of work to choose a model for it; everything is "no" unless said.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Kind">What it spends its time with.</param>
public sealed record Workload(string Name, WorkloadKind Kind)
{
    /// <summary>Whether what it waits for can be awaited: its library has asynchronous calls.</summary>
    public bool AsyncLibrary { get; init; }

    /// <summary>Whether it waits for dozens or more at the same time.</summary>
    public bool ManyAtOnce { get; init; }

    /// <summary>Whether one core is too slow.</summary>
    public bool ParallelNeeded { get; init; }

    /// <summary>Whether a crash or a leak in it must not touch the rest, or it needs a memory or a runtime of its own.</summary>
    public bool IsolationNeeded { get; init; }
}
