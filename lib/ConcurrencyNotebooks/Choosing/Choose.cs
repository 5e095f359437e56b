using static ConcurrencyNotebooks.ConcurrencyModel;

namespace ConcurrencyNotebooks;

/// <summary>Finds the model that suits a piece of work.</summary>
/// <example>
/// <code>
/// var photographs = new Workload("Resize photographs", WorkloadKind.CpuBound) { ParallelNeeded = true };
/// Choose.For(photographs)
/// </code>
/// </example>
public static class Choose
{
    /// <summary>
    /// The flowchart of the source document, with one question more: in C# threads run in parallel, so processes are for what must
    /// be kept apart.
    /// </summary>
    public static DecisionTree Tree { get; } = new(
        "Which model suits the work?",
        new Question(
            "What does it spend its time with?", work => work.Kind == WorkloadKind.IoBound,
            ("waiting (I/O)", new Question(
                "Does its library have async calls?", work => work.AsyncLibrary,
                ("yes", new Recommendation(
                    Async, "await, Task.WhenAll", Async, "asyncio.gather",
                    "A wait that is awaited holds no thread, so one thread is enough for all.")),
                ("no", new Question(
                    "Does it wait for many at once?", work => work.ManyAtOnce,
                    ("yes", new Recommendation(
                        Threads, "dedicated threads", Threads, "ThreadPoolExecutor",
                        "Each blocking call holds a thread, and .NET's built-in pool adds threads slowly.")),
                    ("no", new Recommendation(
                        Threads, "Task.Run, Thread", Threads, "ThreadPoolExecutor",
                        "A few blocking calls fit on a few threads.")))))),
            ("computing (CPU)", new Question(
                "Must a crash or a leak stay outside?", work => work.IsolationNeeded,
                ("yes", new Recommendation(
                    Processes, "Process for each job", Processes, "Process for each job",
                    "A process crashes, leaks and is killed alone. Python's pool does not survive the crash of a worker.")),
                ("no", new Question(
                    "Is one core too slow?", work => work.ParallelNeeded,
                    ("yes", new Recommendation(
                        Threads, "Parallel.For", Processes, "ProcessPoolExecutor",
                        "C# threads run on all cores. Python's threads share a lock, unless its build is free-threaded.")),
                    ("no", new Recommendation(
                        Sequential, "a plain loop", Sequential, "a plain loop",
                        "What is fast enough needs no concurrency."))))))));

    /// <summary>Asks the questions of <see cref="Tree"/> about the workload.</summary>
    /// <returns>The model, and the tree with the path lit that led to it.</returns>
    public static Choice For(Workload workload)
    {
        ArgumentNullException.ThrowIfNull(workload);
        if (!Enum.IsDefined(workload.Kind))
        {
            throw new ArgumentOutOfRangeException(
                nameof(workload), workload.Kind, $"'{workload.Name}' is neither I/O-bound nor CPU-bound.");
        }

        var node = Tree.Root;
        while (node is Question question) node = (question.IsYes(workload) ? question.Yes : question.No).Next;
        return new(workload, (Recommendation)node);
    }
}
