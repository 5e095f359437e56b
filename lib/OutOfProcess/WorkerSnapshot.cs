using System.Diagnostics;

namespace OutOfProcess;

/// <summary>One worker of a <see cref="ProcessPool"/> at one moment.</summary>
/// <param name="Number">Its place in the pool, from 1; a worker that replaces another has the same.</param>
/// <param name="Pid">Its process id; 0 while there is no process.</param>
/// <param name="State">What it was doing.</param>
/// <param name="TasksDone">Calls that this process has ended, a chunk of items counting as one.</param>
/// <param name="MemoryBytes">Its memory: the working set, in bytes.</param>
public sealed record WorkerSnapshot(int Number, int Pid, WorkerState State, long TasksDone, long MemoryBytes)
{
    // Through a Process of its own: refreshing the keeper's would disturb the thread that waits for its end.
    internal WorkerSnapshot WithMemory()
    {
        if (Pid == 0 || State == WorkerState.Ended)
            return this;
        try
        {
            using var process = Process.GetProcessById(Pid);
            return this with { MemoryBytes = process.WorkingSet64 };
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            // It has ended.
            return this;
        }
    }
}
