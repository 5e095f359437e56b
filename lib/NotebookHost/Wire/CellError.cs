namespace NotebookHost;

/// <summary>Why a cell did not end well.</summary>
/// <param name="Name">The exception's type, or one of the constants below.</param>
/// <param name="Message">One or more sentences: what failed, with which value, and what to do where that is known.</param>
/// <param name="Line">The line of the cell's source, from 1, where that is known.</param>
/// <param name="Traceback">What to show below the message: source lines with carets, or the user's stack frames.</param>
internal sealed record CellError(string Name, string Message, int? Line, IReadOnlyList<string> Traceback)
{
    /// <summary>The cell does not compile.</summary>
    public const string Compilation = "CompilationError";

    /// <summary>A <c>#r "nuget: …"</c> cannot be had.</summary>
    public const string PackageNotAvailable = "PackageNotAvailable";

    /// <summary>The cell ran longer than it was given.</summary>
    public const string Timeout = "Timeout";

    /// <summary>The cell was interrupted.</summary>
    public const string Interrupt = "Interrupted";

    /// <summary>The process in which the cell ran is gone.</summary>
    public const string ProcessEnded = "ProcessEnded";
}
