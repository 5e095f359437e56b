namespace Workshop.Jupyter;

/// <summary>The kernel or Jupyter cannot be set up or started; the message says why and what to do, and is all that is shown.</summary>
internal sealed class JupyterSetupException(string message, Exception? innerException = null) : InputException(message, innerException);
