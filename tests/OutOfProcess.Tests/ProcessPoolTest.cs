using System.Diagnostics;
using System.Globalization;

namespace OutOfProcess.Tests;

/// <summary>These tests count processes, so they run one after the other and not beside other tests.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessPoolTests
{
    public const string Name = "process pools";
}

/// <summary>A test fails when it has left a worker process or a shared file behind.</summary>
[Collection(ProcessPoolTests.Name)]
public abstract class ProcessPoolTest : IAsyncLifetime
{
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual async ValueTask DisposeAsync()
    {
        if (!OperatingSystem.IsLinux())
            return;
        await Eventually.TrueAsync(
            () => !Workers().Any(), $"the workers are gone that the test left behind: {string.Join(", ", Workers())}");
        SharedFiles(Environment.ProcessId).Should().BeEmpty("a pool's memory has no name");
    }

    /// <summary>Worker processes whose parent this process is.</summary>
    protected static IEnumerable<int> Workers()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                continue;
            string command, status;
            try
            {
                command = File.ReadAllText(Path.Combine(folder, "cmdline"));
                status = File.ReadAllText(Path.Combine(folder, "stat"));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // It ended meanwhile.
                continue;
            }

            if (command.Contains("OutOfProcess.Worker.dll", StringComparison.Ordinal)
                && status[(status.LastIndexOf(')') + 2)..].Split(' ')[1] == $"{Environment.ProcessId}")
            {
                yield return id;
            }
        }
    }

    /// <summary>Files of the pools of a process, in every place where there could be some.</summary>
    protected static IEnumerable<string> SharedFiles(int owner) =>
        new[] { "/dev/shm", Path.GetTempPath() }.Where(Directory.Exists)
            .SelectMany(folder => new[] { $"process-pool-{owner}-*", "corefx_map_*" }
                .SelectMany(pattern => Directory.EnumerateFiles(folder, pattern)));

    /// <summary>kill -9, from outside.</summary>
    protected static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            // It died before; a random kill may come late.
        }
    }

    /// <summary>Sends a signal by its name, such as STOP.</summary>
    protected static void Signal(string name, int id)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{id}"]);
        kill.WaitForExit();
    }

    protected static async Task AllReadyAsync(ProcessPool pool) =>
        await Eventually.TrueAsync(() => pool.Workers.All(worker => worker.State == WorkerState.Idle), "all workers are idle");
}
