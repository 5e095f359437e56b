namespace Benchmarks;

/// <summary>Which model a benchmark belongs to, which gives it its colour.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ShowsAttribute(ConcurrencyModel model) : Attribute
{
    /// <summary>The model.</summary>
    public ConcurrencyModel Model { get; } = model;
}
