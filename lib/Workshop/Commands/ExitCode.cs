namespace Workshop.Commands;

/// <summary>What the program's exit codes mean.</summary>
internal static class ExitCode
{
    /// <summary>All ran, all is well.</summary>
    public const int Ok = 0;

    /// <summary>A cell failed, a check found a problem, or with --strict a claim does not hold.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong, or what it names is not there, not readable or not a notebook.</summary>
    public const int Usage = 2;

    /// <summary>Interrupted with Ctrl-C: 128 and the number of the signal, as shells have it.</summary>
    public const int Interrupted = 130;

    /// <summary>Asked to end by the system or by another program, in the same way.</summary>
    public const int Terminated = 143;
}
