namespace OutOfProcess;

/// <summary>A method that ran in a worker threw; the inner exception carries its stack there.</summary>
/// <remarks>
/// The original exception stays in its process: its type may not exist here, and it may hold what cannot cross.
/// The worker lives on, and other calls are not touched; a map cancels what is left of its own.
/// </remarks>
public sealed class RemoteTaskException : Exception
{
    internal RemoteTaskException(string call, int worker, int pid, string typeName, string remoteMessage, string remoteText)
        : base(
            $"{call} threw {typeName} in worker {worker} (pid {pid}): {remoteMessage}",
            new RemoteStackException(remoteMessage, remoteText)) =>
        (TypeName, RemoteMessage, RemoteText, WorkerId) = (typeName, remoteMessage, remoteText, pid);

    /// <summary>The full name of the original exception's type, such as <c>System.DivideByZeroException</c>.</summary>
    public string TypeName { get; }

    /// <summary>The original exception's message.</summary>
    public string RemoteMessage { get; }

    /// <summary>The original exception as text: type, message, its inner exceptions, and the stack in the worker.</summary>
    public string RemoteText { get; }

    /// <summary>The process id of the worker.</summary>
    public int WorkerId { get; }

    // What a debugger or a notebook prints below the outer exception, as Python prints its remote traceback.
    private sealed class RemoteStackException(string message, string text) : Exception(message)
    {
        public override string? StackTrace
        {
            get
            {
                var stack = text.IndexOf("\n   at ", StringComparison.Ordinal);
                return stack < 0 ? null : text[(stack + 1)..];
            }
        }

        public override string ToString() => text;
    }
}
