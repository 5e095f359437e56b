namespace OutOfProcess;

/// <summary>How a worker's process ended.</summary>
/// <param name="ExitCode">Null when it never started.</param>
/// <param name="Reason">As the middle of a sentence: "exited with code 3".</param>
/// <param name="LastErrorLines">The last lines that it wrote to standard error.</param>
/// <param name="WasKilledFromOutside">Whether somebody other than the pool killed it.</param>
internal sealed record WorkerEnd(int? ExitCode, string Reason, IReadOnlyList<string> LastErrorLines, bool WasKilledFromOutside)
{
    public static WorkerEnd NeverStarted(string complaint) => new(null, complaint, [], false);

    /// <param name="code">The exit code.</param>
    /// <param name="complaint">Why the pool ended the process, or empty.</param>
    /// <param name="lastErrorLines">The last lines that it wrote to standard error.</param>
    public static WorkerEnd Of(int code, string complaint, IReadOnlyList<string> lastErrorLines)
    {
        var ended = code > 128 && !OperatingSystem.IsWindows()
            ? $"was killed by signal {code - 128}{SignalName(code - 128)}"
            : $"exited with code {code}";
        return new WorkerEnd(code, complaint.Length > 0 ? complaint : ended, lastErrorLines, complaint.Length == 0 && code == 137);
    }

    private static string SignalName(int signal) => signal switch
    {
        2 => " (SIGINT)",
        4 => " (SIGILL)",
        6 => " (SIGABRT: a failed check of the runtime, a stack overflow or FailFast)",
        8 => " (SIGFPE)",
        9 => " (SIGKILL)",
        11 => " (SIGSEGV)",
        15 => " (SIGTERM)",
        _ => "",
    };
}
