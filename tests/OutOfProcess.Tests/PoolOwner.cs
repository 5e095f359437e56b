
namespace OutOfProcess.Tests;

/// <summary>Programs that own a pool and do not dispose of it.</summary>
internal static class PoolOwner
{
    /// <summary>Is killed: one worker idle, one spinning.</summary>
    public static async Task RunAsync()
    {
        var pool = new ProcessPool(2);
        using var gate = new Gate();
        var spinning = pool.RunAsync(RemoteWork.SpinForEver, gate.Path);
        await gate.BegunAsync();
        await Eventually.TrueAsync(
            () => pool.Workers.All(worker => worker.State is WorkerState.Idle or WorkerState.Busy), "both have started");
        Console.WriteLine(string.Join(' ', pool.Workers.Select(worker => worker.Pid)));
        await spinning;
    }

    /// <summary>Returns from its Main.</summary>
    public static async Task ForgetAsync()
    {
        var pool = new ProcessPool(2);
        await pool.RunAsync(RemoteWork.Negate, 1);
        Console.WriteLine(string.Join(' ', pool.Workers.Select(worker => worker.Pid).Where(pid => pid > 0)));
    }
}
