namespace NotebookEngine;

/// <summary>Why a cell did not end well.</summary>
/// <param name="Name">
/// The exception's type, or one of the constants below for what is no exception of the cell's own.
/// </param>
/// <param name="Message">One or more sentences: what failed, with which value, and what to do where that is known.</param>
/// <param name="Line">The line of the cell's source, from 1, where that is known.</param>
/// <param name="Column">The column in that line, from 1, where that is known.</param>
/// <param name="Traceback">What to show below the message: source lines with carets, or the user's stack frames.</param>
public sealed record CellError(string Name, string Message, int? Line, int? Column, IReadOnlyList<string> Traceback)
{
    /// <summary>The cell does not compile.</summary>
    public const string Compilation = "CompilationError";

    /// <summary>A <c>#r "nuget: …"</c> cannot be had. A runner may leave out a cell that is tagged optional.</summary>
    public const string PackageNotAvailable = "PackageNotAvailable";

    /// <summary>The cell ran longer than it was given.</summary>
    public const string Timeout = "Timeout";

    /// <summary>The cell was interrupted.</summary>
    public const string Interrupt = "Interrupted";

    /// <summary>The process in which the cell ran is gone.</summary>
    public const string ProcessEnded = "ProcessEnded";

    /// <summary>The same facts as an output of the cell.</summary>
    public ErrorOutput ToOutput() => new(Name, Message, Traceback);
}
