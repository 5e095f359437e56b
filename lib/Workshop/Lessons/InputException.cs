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
