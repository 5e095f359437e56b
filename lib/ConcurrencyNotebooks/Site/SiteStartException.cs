namespace ConcurrencyNotebooks;

/// <summary>The loopback site did not start; the message carries what its process said last, or why it cannot be reached.</summary>
public sealed class SiteStartException : Exception
{
    internal SiteStartException(int? exitCode, string lastErrors)
        : base((exitCode is { } code ? $"The loopback site exited with code {code} before it was ready" : "The loopback site was not ready in time")
            + (lastErrors.Length > 0 ? $"; its last output was:\n{lastErrors}" : ", without a word."))
    {
        ExitCode = exitCode;
        LastErrors = lastErrors;
    }

    internal SiteStartException(string message, Exception innerException)
        : base(message, innerException)
    {
        LastErrors = "";
    }

    /// <summary>The exit code of its process; null when the process was too slow, or could not be reached, and was ended.</summary>
    public int? ExitCode { get; }

    /// <summary>The last lines that its process wrote to its standard error.</summary>
    public string LastErrors { get; }
}
