namespace OutOfProcess;

/// <summary>A call ended, but its result cannot cross to this process. The worker lives on.</summary>
public sealed class UnserializableResultException : Exception
{
    internal UnserializableResultException(string call, string reason)
        : base(
            $"The result of {call} cannot cross to this process: {reason}. "
            + "Return numbers, strings, collections, or objects made of these.") =>
        Call = call;

    /// <summary>The method and its arguments, shortened.</summary>
    public string Call { get; }
}
