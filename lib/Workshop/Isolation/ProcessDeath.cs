using System.Globalization;

namespace Workshop.Isolation;

/// <summary>Puts the end of a process into words.</summary>
internal static class ProcessDeath
{
    private const int ShownLines = 12;

    // How the runtime begins what it says about its own end.
    private static readonly string[] LastWords = ["Unhandled exception.", "Stack overflow.", "Process terminated.", "Fatal error."];

    private static readonly string[] Machinery = ["at System.Runtime.ControlledExecution", "at NotebookHost."];

    /// <summary>What an exit code means. Codes above 128 are signals on Linux and macOS; Windows has NTSTATUS values.</summary>
    public static string Explain(int exitCode, string errorOutput)
    {
        if (errorOutput.Contains("Stack overflow", StringComparison.Ordinal))
            return $"its stack overflowed: a method calls itself without end (exit code {exitCode})";
        if (OperatingSystem.IsWindows())
        {
            return unchecked((uint)exitCode) switch
            {
                0xC0000005 => "it accessed memory that is not there (access violation, 0xC0000005)",
                0xC00000FD => "its stack overflowed: a method calls itself without end (0xC00000FD)",
                0xC0000409 or 0x80131623 => $"it was ended by a fatal error (0x{exitCode:X8})",
                0xE0434352 => "an exception that nothing caught ended it (0xE0434352)",
                _ => Exit(exitCode),
            };
        }

        return exitCode switch
        {
            134 when errorOutput.Contains("Unhandled exception", StringComparison.Ordinal) =>
                "an exception that nothing caught, on a thread of its own or in an async void method, ended it (exit code 134, SIGABRT)",
            134 => "it was ended by a fatal error: Environment.FailFast or the runtime itself (exit code 134, SIGABRT)",
            137 => "it was killed, by somebody or by the system because memory ran out (exit code 137, SIGKILL)",
            139 => "it accessed memory that is not there (exit code 139, SIGSEGV)",
            143 => "it was asked to end (exit code 143, SIGTERM)",
            > 128 and < 160 => string.Create(CultureInfo.InvariantCulture, $"signal {exitCode - 128} ended it (exit code {exitCode})"),
            _ => Exit(exitCode),
        };
    }

    /// <summary>
    /// The lines of its error output worth reading: the runtime's last words with the first frames, which name the
    /// method; where it said none, the last lines.
    /// </summary>
    public static IReadOnlyList<string> Lines(string errorOutput)
    {
        var lines = errorOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(WithoutPath).ToList();
        var lastWords = lines.FindLastIndex(line => LastWords.Any(w => line.Contains(w, StringComparison.Ordinal)));
        if (lastWords < 0) return lines.Count <= ShownLines ? lines : ["…", .. lines.TakeLast(ShownLines)];

        // From the author's frames down, only how this engine came to call them.
        var own = lines.Skip(lastWords).TakeWhile(line => !Machinery.Any(m => line.StartsWith(m, StringComparison.Ordinal))).ToList();
        return own.Count <= ShownLines ? own : [.. own.Take(ShownLines), "…"];
    }

    private static string Exit(int exitCode) =>
        string.Create(CultureInfo.InvariantCulture, $"the cell ended its process with exit code {exitCode}");

    /// <summary>Frames of an unhandled exception end in the path of the machine that built the library.</summary>
    private static string WithoutPath(string line)
    {
        if (!line.StartsWith("at ", StringComparison.Ordinal)) return line;
        var file = line.IndexOf(") in /", StringComparison.Ordinal);
        if (file < 0) file = line.IndexOf(@") in ", StringComparison.Ordinal) is var i && i >= 0 && line.AsSpan(i).Contains('\\') ? i : -1;
        return file < 0 ? line : line[..(file + 1)];
    }
}
