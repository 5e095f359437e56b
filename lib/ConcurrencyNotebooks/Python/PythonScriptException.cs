namespace ConcurrencyNotebooks;

/// <summary>A script of <c>data/python</c> failed, ran out of time, or did not print what it should.</summary>
public sealed class PythonScriptException : Exception
{
    internal PythonScriptException(string message, string script, PythonInstallation python, int? exitCode, Exception? cause = null)
        : base(message, cause)
    {
        Script = script;
        Python = python;
        ExitCode = exitCode;
    }

    /// <summary>The script's name, without folder and ending.</summary>
    public string Script { get; }

    /// <summary>The Python that ran it.</summary>
    public PythonInstallation Python { get; }

    /// <summary>With what it ended; null if it was ended because it ran out of time.</summary>
    public int? ExitCode { get; }
}
