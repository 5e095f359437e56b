using System.ComponentModel;
using System.Diagnostics;
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

    private static string Processor()
    {
        var name = OperatingSystem.IsWindows() ? FromRegistry()
            : OperatingSystem.IsMacOS() ? FromSysctl()
            : FromCpuInfo();
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

    private static string? FromCpuInfo()
    {
        try
        {
            // Absent on many ARM kernels, where only numbers are listed.
            return File.ReadLines("/proc/cpuinfo")
                .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?
                .Split(':', 2)[^1].Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null; // A sandbox may hide it.
        }
    }
}
