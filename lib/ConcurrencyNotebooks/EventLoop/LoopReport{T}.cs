namespace ConcurrencyNotebooks;

/// <summary>What an <see cref="EventLoop"/> did, and what its work returned.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
[TypeFormatterSource(typeof(OutputFormatterSource), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed record LoopReport<T> : LoopReport
{
    internal LoopReport(T result, LoopReport report)
        : base(report) => Result = result;

    /// <summary>What the work returned.</summary>
    public T Result { get; }

    /// <summary>The result and the report.</summary>
    public override string ToString() => $"{Result} ({base.ToString()})";
}
