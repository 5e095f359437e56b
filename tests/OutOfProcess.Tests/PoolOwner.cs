
namespace OutOfProcess.Tests;

/// <summary>A program that owns a pool and is killed: one worker idle, one spinning.</summary>
internal static class PoolOwner
{
    public static async Task RunAsync()
    {
        var pool = new ProcessPool(2);
        using var gate = new Gate();
        var spinning = pool.RunAsync(RemoteWork.SpinForEver, gate.Path);
        await gate.BegunAsync();
        await Eventually.TrueAsync(() => pool.Workers.All(worker => worker.State is WorkerState.Idle or WorkerState.Busy), "both have started");
        Console.WriteLine(string.Join(' ', pool.Workers.Select(worker => worker.Pid)));
        await spinning;
    }
}
