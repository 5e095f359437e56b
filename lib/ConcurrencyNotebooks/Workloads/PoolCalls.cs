namespace ConcurrencyNotebooks;

/// <summary>
/// Calls that wait for a tenth of a second each, all given to .NET's own thread pool at once, in four ways. What the pool does depends
/// on what it did before, so run each way in a process of its own.
/// </summary>
/// <example>
/// <code>
/// await using (var pool = new ProcessPool(workers: 1))
///     Console.WriteLine((await pool.RunAsync(PoolCalls.Sleep, 40)).Seconds);
/// </code>
/// </example>
public static class PoolCalls
{
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SampleInterval = TimeSpan.FromMilliseconds(10);

    /// <summary>Each call sleeps, which the pool cannot see.</summary>
    /// <param name="calls">The number of calls.</param>
    public static PoolRun Sleep(int calls) => Run(calls, () => Task.Run(() => Thread.Sleep(Wait)));

    /// <summary>Each call blocks for a task, which the pool can see.</summary>
    /// <inheritdoc cref="Sleep" path="/param"/>
    public static PoolRun WaitForDelay(int calls) => Run(calls, () => Task.Run(() => Task.Delay(Wait).Wait()));

    /// <summary>Each call blocks for an async method, which needs a thread of the pool itself to go on after its first await.</summary>
    /// <inheritdoc cref="Sleep" path="/param"/>
    public static PoolRun WaitForMethod(int calls) => Run(calls, () => Task.Run(() => AnswerAsync().Wait()));

    /// <summary>Each call awaits.</summary>
    /// <inheritdoc cref="Sleep" path="/param"/>
    public static PoolRun Await(int calls) => Run(calls, () => Task.Run(AnswerAsync));

    private static async Task AnswerAsync()
    {
        await Task.Delay(Wait / 2);
        await Task.Delay(Wait / 2);
    }

    private static PoolRun Run(int calls, Func<Task> call)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(calls);
        var clock = Stopwatch.StartNew();
        var tasks = Enumerable.Range(0, calls).Select(_ => call()).ToArray();
        List<double> times = [];
        List<int> threads = [];
        bool isOver;
        do
        {
            times.Add(clock.Elapsed.TotalSeconds);
            threads.Add(ThreadPool.ThreadCount);
            isOver = tasks.All(task => task.IsCompleted);
            Thread.Sleep(SampleInterval); // On the thread of the caller, which is none of the pool's.
        }
        while (!isOver);
        return new(times[^1], threads.Max(), [.. times], [.. threads]);
    }
}
