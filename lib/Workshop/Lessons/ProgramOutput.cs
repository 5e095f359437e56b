namespace Workshop.Lessons;

/// <summary>What another program printed.</summary>
internal static class ProgramOutput
{
    /// <summary>The last lines, indented, for a message.</summary>
    public static string LastLines(string output)
    {
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return string.Join('\n', lines.TakeLast(20).Select(line => $"  {line}"));
    }
}
