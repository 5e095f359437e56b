namespace NotebookHost;

/// <summary>Why a cell did not end well.</summary>
/// <param name="Name">The exception's type, or one of the constants below.</param>
/// <param name="Message">One or more sentences: what failed, with which value, and what to do where that is known.</param>
/// <param name="Line">The line of the cell's source, from 1, where that is known.</param>
/// <param name="Traceback">What to show below the message: source lines with carets, or the user's stack frames.</param>
internal sealed record CellError(string Name, string Message, int? Line, IReadOnlyList<string> Traceback)
{
    public const string Compilation = "CompilationError";

    /// <summary>A <c>#r "nuget: …"</c> cannot be had.</summary>
    public const string PackageNotAvailable = "PackageNotAvailable";

    public const string Timeout = "Timeout";
    public const string Interrupt = "Interrupted";
    public const string ProcessEnded = "ProcessEnded";
}
