namespace Workshop.Lessons;

/// <summary>The program cannot do what it was asked for; the message says why and what to do, and is all that is shown.</summary>
internal class InputException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>
    /// Whether the message of an exception is enough for a user: what the system says about a file names the file and the
    /// reason; where more is needed, an <see cref="InputException"/> says more.
    /// </summary>
    public static bool Explains(Exception exception) => exception is InputException or IOException or UnauthorizedAccessException;
}

/// <summary>A file is not a notebook that can be read; the message says in which line it breaks, where one can be named.</summary>
internal sealed class NotebookFormatException(string path, int? line, string problem, string advice)
    : InputException($"{path}{(line is null ? "" : $" (line {line})")}: {problem} {advice}");

/// <summary>A notebook could not be saved; the file is as it was before.</summary>
internal sealed class NotebookSaveException(string path, string problem, Exception? inner = null)
    : IOException($"{path} was not saved and is unchanged: {problem}", inner);
