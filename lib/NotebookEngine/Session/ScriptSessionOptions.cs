namespace NotebookEngine;

/// <summary>How a session sees its surroundings.</summary>
public sealed record ScriptSessionOptions
{
    /// <summary>What relative paths in <c>#r</c> and <c>#load</c> start from. Default: the process's own.</summary>
    public string WorkingDirectory { get; init; } = Environment.CurrentDirectory;

    /// <summary>
    /// How many characters of console output a cell may produce; what is more is counted, and the count shown at the
    /// cell's end. Default: 1,048,576, about 10,000 full lines, more than anybody reads and less than hurts a browser.
    /// </summary>
    public int ConsoleLimit { get; init; } = 1 << 20;
}
