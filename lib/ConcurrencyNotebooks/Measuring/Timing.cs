namespace ConcurrencyNotebooks;

/// <summary>The samples of one named measurement.</summary>
public sealed class Timing
{
    private readonly TimeSpan[] _sorted;

    internal Timing(string name, IEnumerable<TimeSpan> samples, ConcurrencyModel? model)
    {
        Name = name;
        Model = model;
        Samples = [.. samples];
        _sorted = [.. Samples.Order()];
        if (_sorted.Length == 0)
            throw new ArgumentException($"'{name}' has no sample; a measurement needs at least one.", nameof(samples));
        if (_sorted[0] < TimeSpan.Zero)
            throw new ArgumentException($"'{name}' has a sample of {_sorted[0]}; a duration cannot be negative.", nameof(samples));
    }

    /// <summary>What was measured.</summary>
    public string Name { get; }

    /// <summary>The model that it shows, which is the colour of its bar.</summary>
    public ConcurrencyModel? Model { get; }

    /// <summary>Every run, in the order in which it ran.</summary>
    public IReadOnlyList<TimeSpan> Samples { get; }

    /// <summary>The same for all that were measured in turns, so that their runs can be compared round by round; null for one measured alone.</summary>
    internal CoreWatch? Turns { get; init; }

    /// <summary>
    /// Each run as a multiple of the bare loops that ran beside it: a yardstick that is slow when the machine is.
    /// Null where nobody looked, or where the cores were missing.
    /// </summary>
    internal IReadOnlyList<double>? OfLoops { get; init; }

    /// <summary>The middle run, or the mean of the middle two: one disturbed run does not move it.</summary>
    public TimeSpan Median => (_sorted[(_sorted.Length - 1) / 2] + _sorted[_sorted.Length / 2]) / 2;

    /// <summary>The fastest run.</summary>
    public TimeSpan Minimum => _sorted[0];

    /// <summary>The slowest run.</summary>
    public TimeSpan Maximum => _sorted[^1];

    /// <summary>The measurement on one line.</summary>
    public override string ToString()
    {
        var median = $"{Name}: {Quantity.Format(Median.TotalSeconds, "s")}";
        return Samples.Count == 1
            ? median
            : $"{median} (median of {Samples.Count}, {Quantity.Format(Minimum.TotalSeconds, "s")} to {Quantity.Format(Maximum.TotalSeconds, "s")})";
    }
}
