namespace ConcurrencyNotebooks;

/// <summary>A program that this library runs did not start, failed, or gave no result; the message ends with its last output.</summary>
public sealed class ProgramException : Exception
{
    private const int KeptLines = 12;

    internal ProgramException(string message, string output = "", Exception? cause = null)
        : base(LastLines(output) is { Length: > 0 } lines ? $"{message}; its last output was:\n{lines}" : $"{message}.", cause)
    {
    }

    private static string LastLines(string text) => string.Join(
        '\n', text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(KeptLines));
}
