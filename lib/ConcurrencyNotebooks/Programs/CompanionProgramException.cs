namespace ConcurrencyNotebooks;

/// <summary>A program of this library did not start, or came to no result; the message carries the last lines that it wrote.</summary>
public sealed class CompanionProgramException : Exception
{
    internal CompanionProgramException(string message, int? exitCode = null, string lastErrors = "", Exception? cause = null)
        : base(message + (lastErrors.Length > 0 ? $"; its last output was:\n{lastErrors}" : "."), cause)
    {
        ExitCode = exitCode;
        LastErrors = lastErrors;
    }

    /// <summary>The exit code of the program; null when it was too slow, or could not be reached, and was ended.</summary>
    public int? ExitCode { get; }

    /// <summary>The last lines that the program wrote to its standard error.</summary>
    public string LastErrors { get; }
}
