namespace Workshop.Isolation;

/// <summary>Puts the end of a process into words.</summary>
internal static class ProcessDeath
{
    private const int ShownLines = 12;

    // How the runtime begins what it says about its own end.
    private static readonly string[] LastWords = ["Unhandled exception.", "Stack overflow.", "Process terminated.", "Fatal error."];

    private const string Uncaught =
        "an exception that nothing caught, on a thread of its own or in an async void method, ended it";

    private static readonly string[] Machinery = ["at System.Runtime.ControlledExecution", "at NotebookHost."];

    /// <summary>What an exit code means. Codes above 128 are signals on Linux and macOS; Windows has NTSTATUS values.</summary>
    public static string Explain(int exitCode, string errorOutput)
    {
        if (errorOutput.Contains("Stack overflow", StringComparison.Ordinal))
            return $"its stack overflowed: a method calls itself without end (exit code {exitCode})";
        var isThrown = errorOutput.Contains("Unhandled exception", StringComparison.Ordinal);
        var cause = (OperatingSystem.IsWindows(), unchecked((uint)exitCode)) switch
        {
            (true, 0xC0000005) or (false, 139) => "it accessed memory that is not there",
            (true, 0xC00000FD) => "its stack overflowed: a method calls itself without end",
            (true, 0xE0434352) => Uncaught,
            (false, 134) when isThrown => Uncaught,
            (true, 0xC0000409 or 0x80131623) or (false, 134) =>
                "it was ended by a fatal error: Environment.FailFast or the runtime itself",
            (false, 137) => "it was killed, by somebody or by the system because memory ran out",
            (false, 143) => "it was asked to end",
            (false, > 128 and < 160) => string.Create(CultureInfo.InvariantCulture, $"signal {exitCode - 128} ended it"),
            _ => null,
        };
        var code = exitCode is >= 0 and < 256 ? $"{exitCode}" : $"0x{exitCode:X8}";
        return cause is null ? $"the cell ended its process with exit code {code}" : $"{cause} (exit code {code})";
    }

    /// <summary>
    /// The lines of its error output worth reading: the runtime's last words with the first frames, which name the
    /// method; where it said none, the last lines.
    /// </summary>
    public static IReadOnlyList<string> Lines(string errorOutput)
    {
        var lines = errorOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToList();
        var lastWords = lines.FindLastIndex(line => LastWords.Any(line.Contains));
        if (lastWords < 0) return lines.Count <= ShownLines ? lines : ["…", .. lines.TakeLast(ShownLines)];

        // From the author's frames down, only how this engine came to call them.
        var own = lines.Skip(lastWords).TakeWhile(line => !Machinery.Any(line.StartsWith)).ToList();
        return own.Count <= ShownLines ? own : [.. own.Take(ShownLines), "…"];
    }
}
