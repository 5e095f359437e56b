namespace NotebookEngine;

/// <summary>A notebook's process did not start, or is not what it should be.</summary>
public sealed class NotebookProcessException : Exception
{
    /// <summary>Creates the exception.</summary>
    public NotebookProcessException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
