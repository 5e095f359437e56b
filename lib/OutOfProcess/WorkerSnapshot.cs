namespace OutOfProcess;

/// <summary>One worker of a <see cref="ProcessPool"/> at one moment.</summary>
/// <param name="Number">Its place in the pool, from 1; a worker that replaces another has the same.</param>
/// <param name="Pid">Its process id; 0 while there is no process.</param>
/// <param name="State">What it was doing.</param>
/// <param name="TasksDone">Calls that this process has ended, a chunk of items counting as one.</param>
/// <example>
/// <code>
/// foreach (var worker in pool.Workers.Where(worker => worker.State == WorkerState.Busy))
///     Console.WriteLine($"worker {worker.Number} is process {worker.Pid}");
/// </code>
/// </example>
public sealed record WorkerSnapshot(int Number, int Pid, WorkerState State, long TasksDone);
