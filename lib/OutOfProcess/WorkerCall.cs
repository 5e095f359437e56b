using System.Diagnostics;

namespace OutOfProcess;

/// <summary>One call that a worker has answered: what it was, and when it ran where.</summary>
/// <example>
/// <code>
/// var options = new ProcessPoolOptions { CallEnded = call => Console.WriteLine($"{call.Call} took {call.Duration}") };
/// </code>
/// </example>
/// <param name="Call">Method and arguments, shortened: <c>Primes.Count(5000000)</c>; of a map <c>Primes.Count for 12 items</c>.</param>
/// <param name="Worker">The worker's place in the pool, from 1.</param>
/// <param name="Pid">The worker's process id.</param>
/// <param name="StartTimestamp">
/// When the worker began the call, as a timestamp of <see cref="Stopwatch"/>: that clock is the machine's, so it is the
/// same here.
/// </param>
/// <param name="EndTimestamp">When the worker had the result, likewise.</param>
public readonly record struct WorkerCall(string Call, int Worker, int Pid, long StartTimestamp, long EndTimestamp)
{
    /// <summary>How long the call ran in its worker.</summary>
    public TimeSpan Duration => Stopwatch.GetElapsedTime(StartTimestamp, EndTimestamp);
}
