using System.Diagnostics;

namespace ConcurrencyNotebooks;

/// <summary>How to start the worker program.</summary>
internal static class WorkerProgram
{
    /// <summary>
    /// The runtime's switch for debuggers and diagnostic tools, which workers go without: it costs them a thread and part
    /// of their start, and each one that is killed would leave three files in the folder for temporary files.
    /// </summary>
    private const string Diagnostics = "DOTNET_EnableDiagnostics";

    /// <summary>The program beside this library or, for a copy of the library elsewhere in the repository, in <c>lib/bin</c>.</summary>
    /// <exception cref="FileNotFoundException">It is nowhere; the message lists the places.</exception>
    public static string Find() => CompanionProgram.Find("ConcurrencyNotebooks.Worker.dll", "lib/bin/ConcurrencyNotebooks.Worker.dll");

    public static ProcessStartInfo StartInfo(string program, ProcessPoolOptions options, params IEnumerable<string> arguments)
    {
        var start = CompanionProgram.StartInfo(program, arguments);
        start.WorkingDirectory = options.WorkingDirectory ?? "";
        if (!Debugger.IsAttached)
            start.Environment.TryAdd(Diagnostics, "0");
        foreach (var (name, value) in options.Environment)
            start.Environment[name] = value;
        return start;
    }
}
