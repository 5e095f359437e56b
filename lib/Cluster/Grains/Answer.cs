namespace Cluster;

/// <summary>What a grain answered, and where and when it worked.</summary>
/// <param name="Value">The result.</param>
/// <param name="Silo">The name of the silo.</param>
/// <param name="Pid">The process of the silo.</param>
/// <param name="StartTimestamp">When the grain began, as <see cref="System.Diagnostics.Stopwatch.GetTimestamp"/> of its machine.</param>
/// <param name="EndTimestamp">When it ended.</param>
/// <typeparam name="T">The type of the result.</typeparam>
/// <example>
/// <code>
/// Answer&lt;int&gt; counted = await cluster.Client.GetGrain&lt;IComputeGrain&gt;(7).CountPrimesAsync(1, 1_000);
/// Console.WriteLine($"{counted.Value} primes, in process {counted.Pid}");
/// </code>
/// </example>
[GenerateSerializer, Immutable]
public sealed record Answer<T>(
    [property: Id(0)] T Value, [property: Id(1)] string Silo, [property: Id(2)] int Pid, [property: Id(3)] long StartTimestamp,
    [property: Id(4)] long EndTimestamp);
