namespace OutOfProcess;

/// <summary>A line that a task wrote to its standard output or standard error.</summary>
/// <param name="Worker">The worker's place in the pool, from 1.</param>
/// <param name="Pid">Its process id.</param>
/// <param name="IsError">Whether it came over standard error.</param>
/// <param name="Line">The text without its end of line; a line beyond 4,096 characters comes in parts.</param>
public readonly record struct WorkerOutput(int Worker, int Pid, bool IsError, string Line);
