namespace OutOfProcess;

/// <summary>How a worker's process ended.</summary>
/// <param name="Status">As .NET reports it: the exit code, or 128 and the number of the signal; null when it never started.</param>
/// <param name="Complaint">Why the pool ended the process, or empty.</param>
/// <param name="LastErrorLines">The last lines that it wrote to standard error.</param>
internal sealed record WorkerEnd(int? Status, string Complaint, IReadOnlyList<string> LastErrorLines)
{
    // Signals have the numbers 1 to 64; a process may exit with more than that.
    public int? Signal => Status is > 128 and <= 192 && !OperatingSystem.IsWindows() ? Status - 128 : null;

    public int? ExitCode => Signal is null ? Status : null;

    /// <summary>Whether somebody other than the pool ended the process; Ctrl+C reaches a worker that is still starting, too.</summary>
    public bool WasKilledFromOutside => Complaint.Length == 0 && Signal is 1 or 2 or 9 or 15;

    /// <summary>The end as the middle of a sentence: "exited with code 3".</summary>
    public string Reason => Complaint.Length > 0 ? Complaint
        : Signal is { } signal ? $"was killed by signal {signal}{SignalName(signal)}"
        : $"exited with code {ExitCode}";

    /// <summary>The last lines as the end of a sentence; empty when there are none.</summary>
    public string LastOutput => LastErrorLines.Count == 0 ? "" : $"; its last output was \"{string.Join(" / ", LastErrorLines)}\"";

    private static string SignalName(int signal) => signal switch
    {
        2 => " (SIGINT)",
        6 => " (SIGABRT: a failed check of the runtime, a stack overflow or FailFast)",
        9 => " (SIGKILL)",
        11 => " (SIGSEGV)",
        15 => " (SIGTERM)",
        _ => "",
    };
}
