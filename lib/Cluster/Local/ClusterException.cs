namespace Cluster;

/// <summary>A silo did not start or did not join; the message ends with the last lines that it wrote.</summary>
public sealed class ClusterException : Exception
{
    private const int KeptLines = 12;

    internal ClusterException(string message, IEnumerable<string>? output = null, Exception? cause = null)
        : base(Describe(message, [.. (output ?? []).TakeLast(KeptLines)]), cause)
    {
    }

    private static string Describe(string message, IReadOnlyList<string> lines) =>
        lines.Count > 0 ? $"{message}; its last output was:\n{string.Join('\n', lines)}" : $"{message}.";
}
