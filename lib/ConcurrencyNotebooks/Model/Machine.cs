using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32;

namespace ConcurrencyNotebooks;

/// <summary>The machine of the measurements, named so that a printed chart can be compared with another one.</summary>
/// <example>
/// <code>
/// Console.WriteLine($"{Machine.Cores} cores: {Machine.Description}");
/// </code>
/// </example>
public static class Machine
{
    /// <summary>
    /// Processor, cores, operating system and .NET version on one line, without the name of the machine:
    /// a shared notebook tells what was measured, not on whose computer.
    /// </summary>
    public static string Description { get; } =
        $"{Processor()}, {Cores} {(Cores == 1 ? "core" : "cores")}, {RuntimeInformation.OSDescription}, "
        + RuntimeInformation.FrameworkDescription;

    /// <summary>The cores that this process may use; affinity masks and container limits count.</summary>
    public static int Cores => Environment.ProcessorCount;

    /// <summary>The files and connections that a process may have open, at most 100,000.</summary>
    /// <remarks>The runtime raises its soft limit to the hard one when it starts, to 10,240 on macOS; Windows has no such limit.</remarks>
    internal static int Descriptors
    {
        get
        {
            if (!OperatingSystem.IsLinux()) return OperatingSystem.IsWindows() ? 100_000 : 10_240;
            var soft = LineOf("/proc/self/limits", "Max open files")?.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3];
            return int.TryParse(soft, out var descriptors) ? Math.Min(descriptors, 100_000) : 100_000;
        }
    }

    private static string Processor()
    {
        var name = OperatingSystem.IsWindows() ? FromRegistry()
            : OperatingSystem.IsMacOS() ? FromSysctl()
            : LineOf("/proc/cpuinfo", "model name")?.Split(':', 2)[^1].Trim(); // Absent on many ARM kernels, where only numbers are listed.
        return string.IsNullOrWhiteSpace(name)
            ? $"{RuntimeInformation.ProcessArchitecture} processor"
            : string.Join(' ', name.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [System.Runtime.Versioning.SupportedOSPlatform("windows")]
    private static string? FromRegistry() =>
        Registry.GetValue(@"HKEY_LOCAL_MACHINE\HARDWARE\DESCRIPTION\System\CentralProcessor\0", "ProcessorNameString", null) as string;

    private static string? FromSysctl()
    {
        try
        {
            var start = new ProcessStartInfo("sysctl", ["-n", "machdep.cpu.brand_string"]) { RedirectStandardOutput = true };
            using var sysctl = Process.Start(start);
            return sysctl?.StandardOutput.ReadToEnd().Trim();
        }
        catch (Win32Exception)
        {
            return null; // No such program: the architecture is named instead.
        }
    }

    private static string? LineOf(string file, string start)
    {
        try
        {
            return File.ReadLines(file).FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null; // A sandbox may hide it.
        }
    }
}
