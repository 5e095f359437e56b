namespace OutOfProcess;

/// <summary>
/// A call ran longer than <see cref="ProcessPoolOptions.TaskTimeout"/>, counted from its start; its worker was killed and
/// replaced.
/// </summary>
/// <example>
/// <code>
/// await using var pool = new ProcessPool(new ProcessPoolOptions { TaskTimeout = TimeSpan.FromSeconds(1) });
/// try { await pool.RunAsync(Cpu.SumOfSquares, 1_000_000_000_000); }
/// catch (TaskTimeoutException late) { Console.WriteLine(late.Message); }
/// </code>
/// </example>
public sealed class TaskTimeoutException : TimeoutException
{
    internal TaskTimeoutException(string call, int worker, int pid, TimeSpan timeout)
        : base(
            $"{call} had not returned {timeout.TotalSeconds:0.###} s after worker {worker} (pid {pid}) began it, "
            + "so that worker was killed and replaced. Allow more with TaskTimeout, or give the pool smaller pieces of work.") =>
        (Call, WorkerId, Timeout) = (call, pid, timeout);

    /// <summary>The method and its arguments, shortened.</summary>
    public string Call { get; }

    /// <summary>The process id of the worker that was killed.</summary>
    public int WorkerId { get; }

    /// <summary>How long the call was allowed to run.</summary>
    public TimeSpan Timeout { get; }
}
