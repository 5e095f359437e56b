using System.Runtime.CompilerServices;

namespace OutOfProcess;

/// <summary>How a <see cref="ProcessPool"/> works; every property has a default.</summary>
/// <example>
/// <code>
/// var options = new ProcessPoolOptions { Workers = 4, TaskTimeout = TimeSpan.FromSeconds(10), TasksPerWorker = 1_000 };
/// await using var pool = new ProcessPool(options);
/// </code>
/// </example>
public sealed record ProcessPoolOptions
{
    // Each has a thread, three pipes and some 35 MB; more is a mistake, such as a number of items.
    private const int MostWorkers = 1000;

    /// <summary>How many processes, 1 to 1,000; by default one for each core that this process may use.</summary>
    public int Workers { get; init; } = System.Environment.ProcessorCount;

    /// <summary>
    /// A static method of a compiled assembly that each worker runs before its first call. One that throws ends that
    /// worker.
    /// </summary>
    public Action? Initializer { get; init; }

    /// <summary>After how many calls, 1 or more, a worker is replaced by a new process; a chunk counts as one; null for never.</summary>
    public int? TasksPerWorker { get; init; }

    /// <summary>
    /// How long one call may run, from its start in the worker and not from its submission; null for as long as it likes.
    /// </summary>
    public TimeSpan? TaskTimeout { get; init; }

    /// <summary>
    /// Environment variables of the workers besides this process's own; null removes one. Unless a debugger is attached to
    /// this process, workers run without the runtime's diagnostics; <c>DOTNET_EnableDiagnostics=1</c>, here or in this
    /// process, lets debuggers and tools such as <c>dotnet-trace</c> in.
    /// </summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>How many items of a map travel together, 1 or more; null lets the pool find a size that takes milliseconds.</summary>
    public int? ChunkSize { get; init; }

    /// <summary>How often a call may run again after its worker died; 0 by default. The work must bear being done twice.</summary>
    public int Retries { get; init; }

    /// <summary>
    /// How long a running call that takes a token may go on after its cancellation, before its worker is killed; 2 seconds by
    /// default. One that takes none is ended at once.
    /// </summary>
    public TimeSpan CancellationGrace { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long <see cref="ProcessPool.DisposeAsync"/> waits for the calls that are left, before it kills the workers; 30 seconds by
    /// default, <see cref="Timeout.InfiniteTimeSpan"/> for as long as they take.
    /// </summary>
    public TimeSpan DisposeGrace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Gets each call that a worker has answered, with a result or an exception, before its caller learns of it; for recording
    /// what ran when. It is called on a thread of the worker's and holds that worker up while it runs.
    /// </summary>
    public Action<WorkerCall>? CallEnded { get; init; }

    /// <summary>
    /// Gets each line that a task writes, in order and before the result of its call; by default it goes to this
    /// process's own console. It is called on a thread of the worker's and holds that worker up while it runs.
    /// </summary>
    public Action<WorkerOutput>? Output { get; init; }

    internal void Check()
    {
        Demand(Workers is >= 1 and <= MostWorkers, Workers, $"must be at least 1 and at most {MostWorkers}");
        Demand(TasksPerWorker is null or >= 1, TasksPerWorker, "must be at least 1");
        Demand(ChunkSize is null or >= 1, ChunkSize, "must be at least 1");
        Demand(Retries >= 0, Retries, "must be at least 0");
        Demand(!(TaskTimeout <= TimeSpan.Zero), TaskTimeout, "must be more than zero; leave it null for no limit");
        Demand(
            CancellationGrace != Timeout.InfiniteTimeSpan, CancellationGrace, "must end: it is the time of a task that ignores its token");
        var longest = TimeSpan.FromMilliseconds(int.MaxValue); // The longest time that .NET waits.
        var between = $"must be between zero and {longest.Days} days";
        Demand(CancellationGrace >= TimeSpan.Zero && CancellationGrace <= longest, CancellationGrace, between);
        Demand(
            DisposeGrace == Timeout.InfiniteTimeSpan || (DisposeGrace >= TimeSpan.Zero && DisposeGrace <= longest), DisposeGrace, between);
        ArgumentNullException.ThrowIfNull(Environment);
        foreach (var (name, value) in Environment)
        {
            if (name.Length == 0 || name.AsSpan().ContainsAny('=', '\0'))
                throw new ArgumentException($"{nameof(Environment)} has a variable \"{name}\", which no system can name so.");
            if (value?.Contains('\0') == true)
                throw new ArgumentException($"{nameof(Environment)} has a variable \"{name}\" whose value contains a zero character.");
        }
    }

    private static void Demand(bool holds, object? value, string what, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!holds)
            throw new ArgumentOutOfRangeException(name, value, $"{name} {what}.");
    }
}
