namespace Workshop.Isolation;

/// <summary>A notebook's process did not start, or is not what it should be.</summary>
internal sealed class NotebookProcessException(string message, Exception? innerException = null) : Exception(message, innerException);
