namespace Cluster;

/// <summary>A silo did not start or did not join; the message ends with the last lines that it wrote.</summary>
/// <example>
/// <code>
/// try { await cluster.AddSiloAsync(); }
/// catch (ClusterException why) { Console.WriteLine(why.Message); }
/// </code>
/// </example>
public sealed class ClusterException : Exception
{
    internal ClusterException(string message, IReadOnlyList<string> output, Exception? cause = null)
        : base(output.Count > 0 ? $"{message}; its last output was:\n{string.Join('\n', output.TakeLast(12))}" : $"{message}.", cause)
    {
    }
}
