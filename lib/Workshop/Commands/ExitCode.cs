namespace Workshop.Commands;

/// <summary>What the program's exit codes mean.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>A cell failed, a check found a problem, or with --strict a claim does not hold.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong, or what it names is not there, not readable or not a notebook.</summary>
    public const int Usage = 2;

    /// <summary>By a signal: 128 and its number, as shells have it.</summary>
    public const int HungUp = 129, Interrupted = 130, Terminated = 143;
}
