namespace OutOfProcess;

/// <summary>How a worker's process ended.</summary>
/// <param name="Status">As .NET reports it: the exit code, or 128 and the number of the signal; null when it never started.</param>
/// <param name="Complaint">Why the pool ended the process, or empty.</param>
/// <param name="LastErrorLines">The last lines that it wrote to standard error.</param>
internal sealed record WorkerEnd(int? Status, string Complaint, IReadOnlyList<string> LastErrorLines)
{
    public int? Signal => Status > 128 && !OperatingSystem.IsWindows() ? Status - 128 : null;

    public int? ExitCode => Signal is null ? Status : null;

    /// <summary>Whether somebody other than the pool killed the process.</summary>
    public bool WasKilledFromOutside => Complaint.Length == 0 && Signal == 9;

    /// <summary>The end as the middle of a sentence: "exited with code 3".</summary>
    public string Reason => Complaint.Length > 0 ? Complaint
        : Signal is { } signal ? $"was killed by signal {signal}{SignalName(signal)}"
        : $"exited with code {ExitCode}";

    /// <summary>The last lines as the end of a sentence; empty when there are none.</summary>
    public string LastOutput => LastErrorLines.Count == 0 ? "" : $"; its last output was \"{string.Join(" / ", LastErrorLines)}\"";

    private static string SignalName(int signal) => signal switch
    {
        6 => " (SIGABRT: a failed check of the runtime, a stack overflow or FailFast)",
        9 => " (SIGKILL)",
        11 => " (SIGSEGV)",
        15 => " (SIGTERM)",
        _ => "",
    };
}
