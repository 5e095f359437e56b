namespace ConcurrencyNotebooks;

/// <summary>The result of one benchmark. In nanoseconds, because a <see cref="TimeSpan"/> counts in hundreds of them.</summary>
/// <param name="Name">The name of the benchmark.</param>
/// <param name="Model">The model that it belongs to.</param>
/// <param name="MeanNanoseconds">The mean time of one operation.</param>
/// <param name="ErrorNanoseconds">Half of the 99.9 % confidence interval around the mean.</param>
/// <param name="AllocatedBytes">The memory that one operation allocates in this process; null where it could not be measured.</param>
/// <example>
/// <code>
/// BenchmarkReport costs = await BenchmarkProgram.RunAsync("switching");
/// foreach (BenchmarkResult result in costs.Results) Console.WriteLine($"{result.Name}: {result.MeanNanoseconds} ns");
/// </code>
/// </example>
public sealed record BenchmarkResult(
    string Name, ConcurrencyModel Model, double MeanNanoseconds, double ErrorNanoseconds, long? AllocatedBytes);
