namespace ConcurrencyNotebooks;

/// <summary>What happened in one run of <see cref="PoolCalls"/>, looked at every 10 ms.</summary>
/// <param name="Seconds">The time until the last call had ended.</param>
/// <param name="MostThreads">The largest number of threads that the pool had.</param>
/// <param name="Times">When it was looked at, in seconds from the start.</param>
/// <param name="Threads">How many threads the pool had at each of these times.</param>
/// <example>
/// <code>
/// PoolRun run = PoolCalls.Await(calls: 10);
/// Console.WriteLine($"{run.Seconds} s, {run.MostThreads} threads");
/// </code>
/// </example>
public sealed record PoolRun(double Seconds, int MostThreads, double[] Times, int[] Threads);
