namespace ConcurrencyNotebooks;

/// <summary>What BenchmarkDotNet found for one benchmark. Nanoseconds, because a <see cref="TimeSpan"/> counts in hundreds of them.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Model">The model that it belongs to.</param>
/// <param name="MeanNanoseconds">The mean time of one operation.</param>
/// <param name="ErrorNanoseconds">Half of the 99.9 % confidence interval around the mean.</param>
/// <param name="AllocatedBytes">What one operation allocates in this process; null where it could not be measured.</param>
public sealed record BenchmarkResult(
    string Name, ConcurrencyModel Model, double MeanNanoseconds, double ErrorNanoseconds, long? AllocatedBytes);
