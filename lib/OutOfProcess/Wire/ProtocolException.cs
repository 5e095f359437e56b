namespace OutOfProcess;

/// <summary>The other end of a pipe sent what is no frame of the protocol.</summary>
internal sealed class ProtocolException(string message) : Exception(message);
