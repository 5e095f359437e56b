using System.Diagnostics;

namespace Cluster.Tests;

internal static class Processes
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static string DotNet { get; } = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet"
        ? path
        : "dotnet";

    public static bool IsRunning(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Waits until none of them runs; returns those that still do when patience ends.</summary>
    public static async Task<IReadOnlyList<int>> LeftOfAsync(IEnumerable<int> pids)
    {
        var left = pids.ToList();
        var start = Stopwatch.GetTimestamp();
        while (left.RemoveAll(pid => !IsRunning(pid)) >= 0 && left.Count > 0 && Stopwatch.GetElapsedTime(start) < Patience)
            await Task.Delay(20);
        return left;
    }
}
