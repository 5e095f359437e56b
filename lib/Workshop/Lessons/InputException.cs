namespace Workshop.Lessons;

/// <summary>The program cannot do what it was asked for; the message says why and what to do, and is all that is shown.</summary>
internal sealed class InputException(string message) : Exception(message);
