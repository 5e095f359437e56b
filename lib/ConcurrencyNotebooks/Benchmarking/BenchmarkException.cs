namespace ConcurrencyNotebooks;

/// <summary>The benchmark program did not come to a result; the message carries what it said last.</summary>
public sealed class BenchmarkException : Exception
{
    internal BenchmarkException(string set, int exitCode, string lastErrors)
        : base($"The benchmarks '{set}' ended with exit code {exitCode} and no result" + (lastErrors.Length > 0 ? $"; their last output was:\n{lastErrors}" : "."))
    {
        ExitCode = exitCode;
        LastErrors = lastErrors;
    }

    /// <summary>The exit code of the program.</summary>
    public int ExitCode { get; }

    /// <summary>The last that it wrote to its standard error.</summary>
    public string LastErrors { get; }
}
