namespace ConcurrencyNotebooks;

/// <summary>One work of a <see cref="Comparison"/>: its name, and how long it took in each round.</summary>
/// <example>
/// <code>
/// var sums = new Comparison("Two sums of squares", needsCores: 2);
/// var sequence = sums.Add("in sequence", Sequential, () => { Cpu.SumOfSquares(50_000_000); Cpu.SumOfSquares(50_000_000); });
/// var parallel = sums.Add("Parallel.For", Threads, () => Parallel.For(0, 2, _ => Cpu.SumOfSquares(50_000_000)));
/// await sums.MeasureAsync();
/// Console.WriteLine($"{parallel.Median.TotalSeconds} s, {parallel.Over(sequence)}");
/// </code>
/// </example>
public sealed class Timing
{
    private readonly List<TimeSpan> _samples = [];

    internal Timing(string name, ConcurrencyModel? model, Func<Task<TimeSpan>>? work)
    {
        ArgumentNullException.ThrowIfNull(name);
        (Name, Model, Work) = (name, model, work);
    }

    /// <summary>The name of the work; the label of its bar.</summary>
    public string Name { get; }

    /// <summary>The model that it shows, which is the colour of its bar.</summary>
    public ConcurrencyModel? Model { get; }

    /// <summary>The time that it took in each round, in the order of the rounds; empty before they were measured.</summary>
    public IReadOnlyList<TimeSpan> Samples => _samples;

    /// <summary>The time in the middle: half of the rounds took longer, half of them shorter.</summary>
    /// <exception cref="InvalidOperationException">It was not measured yet.</exception>
    public TimeSpan Median => (Sorted[(_samples.Count - 1) / 2] + Sorted[_samples.Count / 2]) / 2;

    /// <summary>Times it once: runs the work, or lets it report its own time. Null for times that were measured elsewhere.</summary>
    internal Func<Task<TimeSpan>>? Work { get; }

    private List<TimeSpan> Sorted => _samples.Count > 0
        ? [.. _samples.Order()]
        : throw new InvalidOperationException($"'{Name}' was not measured yet. Call await …MeasureAsync() on its comparison first.");

    /// <summary>Compares this work with another one of the same comparison: 2 means twice as fast, in half the time.</summary>
    /// <param name="other">The work that it is compared with.</param>
    public Ratio Over(Timing other) =>
        // Nothing takes no time: what is shorter than a tick of the clock counts as one.
        Ratio.Of(other._samples.Zip(_samples, (slow, fast) => Math.Max(1, slow.Ticks) / (double)Math.Max(1, fast.Ticks)));

    internal void Add(TimeSpan sample) => _samples.Add(sample >= TimeSpan.Zero
        ? sample
        : throw new ArgumentException($"'{Name}' has a sample of {sample}; a duration cannot be negative.", nameof(sample)));

    internal void Clear() => _samples.Clear();
}
