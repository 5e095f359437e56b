namespace OutOfProcess;

/// <summary>The worker that ran a call died before it returned. Calls that it had not begun run elsewhere.</summary>
/// <example>
/// <code>
/// try { await pool.RunAsync(Crash.Now, "a bug in a native library"); }
/// catch (WorkerDiedException died) { Console.WriteLine($"{died.Call} ended process {died.WorkerId}, exit code {died.ExitCode}"); }
/// </code>
/// </example>
/// <remarks>The call may have had its effects. It is not repeated unless <see cref="ProcessPoolOptions.Retries"/> says so.</remarks>
public sealed class WorkerDiedException : Exception
{
    internal WorkerDiedException(string call, int worker, int pid, WorkerEnd end)
        : base($"Worker {worker} (pid {pid}) {end.Reason} before returning {call}{end.LastOutput}. "
            + "Another worker has taken its place; call again if the work may run twice, or let the pool do that with Retries.") =>
        (Call, WorkerId, ExitCode, Signal, LastErrorLines) = (call, pid, end.ExitCode, end.Signal, end.LastErrorLines);

    /// <summary>The method and its arguments, shortened: <c>Primes.Count(5000000)</c>.</summary>
    public string Call { get; }

    /// <summary>The process id of the worker that died.</summary>
    public int WorkerId { get; }

    /// <summary>Its exit code, or null when a signal ended it; codes from 129 to 192 are how .NET tells of signals.</summary>
    public int? ExitCode { get; }

    /// <summary>The number of the signal that ended it (9 for SIGKILL), or null. Always null on Windows.</summary>
    public int? Signal { get; }

    /// <summary>The last lines that it wrote to its standard error.</summary>
    public IReadOnlyList<string> LastErrorLines { get; }
}
