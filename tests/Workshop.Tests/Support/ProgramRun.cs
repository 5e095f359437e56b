using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Workshop.Tests;

/// <summary>The built program, started as a reader starts it: a process with arguments, output and an exit code.</summary>
public sealed record ProgramRun(int ExitCode, string Output, string Error)
{
    // For a hang, not a speed: a loaded machine may take a minute for what takes a second.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>The <c>dotnet</c> that runs these tests: a test may take it from the PATH of what it starts.</summary>
    public static string DotNet { get; } = Path.GetFullPath(Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    public static Task<ProgramRun> OfAsync(Workspace workspace, params string[] arguments) => OfAsync(workspace, null, arguments);

    /// <param name="workspace">The folder to start in.</param>
    /// <param name="whileRunning">Gets the process as soon as it runs.</param>
    /// <param name="arguments">What is typed after the program's name.</param>
    public static async Task<ProgramRun> OfAsync(Workspace workspace, Func<Process, Task>? whileRunning, params string[] arguments)
    {
        string[] command = [.. workspace.Launcher, DotNet, typeof(Commands.WorkshopProgram).Assembly.Location, .. arguments];
        if (IgnoresSignals()) command = ["env", "--default-signal=INT,HUP", .. command];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = workspace.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
            StandardErrorEncoding = System.Text.Encoding.UTF8,
        };
        foreach (var (name, value) in workspace.Environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var deadline = new CancellationTokenSource(Patience);
        try
        {
            if (whileRunning is not null) await whileRunning(process).WaitAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The program did not end. So far it said:\n{await output}\n{await error}");
        }
        catch
        {
            process.Kill(entireProcessTree: true); // What was asked of it while it ran has failed, and nobody else would end it.
            throw;
        }

        return new ProgramRun(process.ExitCode, await output, await error);
    }

    // A shell without job control, such as one that runs a script, starts what is put behind an & with Ctrl-C ignored, and nohup
    // starts with a closed terminal ignored. That is inherited down to the program, which heeds it as programs should. Here it runs in
    // the foreground.
    private static bool IgnoresSignals() => OperatingSystem.IsLinux() && File.ReadLines("/proc/self/status")
        .Any(line => line.StartsWith("SigIgn:", StringComparison.Ordinal) && (Convert.ToUInt64(line[7..].Trim(), 16) & 3) != 0);
}
