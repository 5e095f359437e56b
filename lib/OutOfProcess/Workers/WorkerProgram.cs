using System.Diagnostics;
using System.Runtime.InteropServices;

namespace OutOfProcess;

/// <summary>Where the worker program is, and how to start it.</summary>
internal static class WorkerProgram
{
    private const string FileName = "OutOfProcess.Worker.dll";

    /// <summary>
    /// The runtime's switch for debuggers and diagnostic tools, which workers go without: it costs them a thread and part
    /// of their start, and each one that is killed would leave three files in the folder for temporary files.
    /// </summary>
    private const string Diagnostics = "DOTNET_EnableDiagnostics";

    /// <summary>Whether this process itself is a worker.</summary>
    public static bool IsRunning { get; set; }

    /// <summary>The worker program beside this library, or beside the program that uses it.</summary>
    /// <exception cref="FileNotFoundException">It is in neither place; the message says what to do.</exception>
    public static string Find()
    {
        var besideLibrary = Path.GetDirectoryName(typeof(WorkerProgram).Assembly.Location) ?? "";
        string[] folders = besideLibrary.Length == 0 ? [AppContext.BaseDirectory] : [besideLibrary, AppContext.BaseDirectory];
        return folders.Select(folder => Path.Combine(folder, FileName)).FirstOrDefault(File.Exists) ?? throw new FileNotFoundException(
            $"The worker program {FileName} is not in {string.Join(" nor in ", folders.Distinct())}. "
            + "The package OutOfProcess and `dotnet build` put it beside the library, with its .runtimeconfig.json; "
            + "a program that is published as a single file cannot start workers.",
            FileName);
    }

    public static ProcessStartInfo StartInfo(ProcessPoolOptions options, params IEnumerable<string> arguments)
    {
        var (dotnet, version) = Runtime();
        var start = new ProcessStartInfo(dotnet, [.. version, Find(), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        if (!Debugger.IsAttached)
            start.Environment.TryAdd(Diagnostics, "0");

        // Texts sort as they do here, and a program that goes without the rules of cultures may run where there are none.
        if (AppContext.TryGetSwitch("System.Globalization.Invariant", out var isInvariant) && isInvariant)
            start.Environment.TryAdd("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1");
        foreach (var (name, value) in options.Environment)
            start.Environment[name] = value;
        return start;
    }

    // The `dotnet` and the version of the framework that run this process, so that a worker can load what this process can.
    // The framework lies in <root>/shared/Microsoft.NETCore.App/<version>. Neither PATH nor this process's own
    // file name is asked first: a host may be a program of its own, and its PATH need not know `dotnet`.
    private static (string DotNet, string[] Version) Runtime()
    {
        var framework = Path.TrimEndingDirectorySeparator(RuntimeEnvironment.GetRuntimeDirectory());
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var above = Path.GetFullPath(Path.Combine(framework, "..", "..", "..", name));
        return File.Exists(above) ? (above, ["exec", "--fx-version", Path.GetFileName(framework)]) : (name, []);
    }
}
