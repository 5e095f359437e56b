using System.Diagnostics;
using System.Runtime.InteropServices;

namespace OutOfProcess.Tests;

/// <summary>A static method of this assembly in a process of its own, killed when the test is over.</summary>
internal sealed class OtherProcess : IDisposable
{
    private readonly Process _process;

    private OtherProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public StreamReader Output => _process.StandardOutput;

    /// <param name="typeAndMethod">The method.</param>
    /// <param name="launcher">A program with its arguments that starts the process, if any; it becomes the process itself.</param>
    public static OtherProcess Start(string typeAndMethod, params string[] launcher)
    {
        // The `dotnet` of the runtime that runs this test.
        var program = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", program));
        string[] command = [.. launcher, dotnet, typeof(OtherProcess).Assembly.Location, typeAndMethod];
        if (IgnoresInterrupt()) command = ["env", "--default-signal=INT", .. command];
        return new(Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!);
    }

    // The shell starts a background job with SIGINT ignored, and its children inherit that: the signal would then end nobody.
    private static bool IgnoresInterrupt() => OperatingSystem.IsLinux() && File.ReadLines("/proc/self/status")
        .Any(line => line.StartsWith("SigIgn:", StringComparison.Ordinal) && (Convert.ToUInt64(line[7..].Trim(), 16) & 2) != 0);

    /// <summary>Ends it as kill -9 does: it comes to no finally block and no handler.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }

    /// <summary>Waits until the process of that number is gone; the test fails when it takes longer than the limit.</summary>
    public static async Task WaitUntilGoneAsync(int processId, TimeSpan limit)
    {
        Process process;
        try
        {
            process = Process.GetProcessById(processId);
        }
        catch (ArgumentException)
        {
            return;
        }

        using (process) await process.WaitForExitAsync().WaitAsync(limit);
    }
}
