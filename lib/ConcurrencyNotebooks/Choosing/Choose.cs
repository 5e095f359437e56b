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
    // The flowchart of the source document, with one question more: in C# threads run in parallel, so processes are for what must be kept
    // apart.
    private static readonly Branch Root = Ask(
        "What does it spend its time with?", work => work.Kind == WorkloadKind.IoBound,
        ("waiting (I/O)", Ask(
            "Does its library have async calls?", work => work.AsyncLibrary,
            ("yes", Recommend(
                Async, "await, Task.WhenAll", Async, "asyncio.gather",
                "A wait that is awaited holds no thread, so one thread is enough for all.")),
            ("no", Ask(
                "Does it wait for many at once?", work => work.ManyAtOnce,
                ("yes", Recommend(
                    Threads, "dedicated threads", Threads, "ThreadPoolExecutor",
                    "Each blocking call holds a thread, and .NET's built-in pool adds threads slowly.")),
                ("no", Recommend(
                    Threads, "Task.Run, Thread", Threads, "ThreadPoolExecutor",
                    "A few blocking calls fit on a few threads.")))))),
        ("computing (CPU)", Ask(
            "Must a crash or a leak stay outside?", work => work.IsolationNeeded,
            ("yes", Recommend(
                Processes, "Process for each job", Processes, "Process for each job",
                "A process crashes, leaks and is killed alone. Python's pool does not survive the crash of a worker.")),
            ("no", Ask(
                "Is one core too slow?", work => work.ParallelNeeded,
                ("yes", Recommend(
                    Threads, "Parallel.For", Processes, "ProcessPoolExecutor",
                    "C# threads run on all cores. Python's threads share a lock, unless its build is free-threaded.")),
                ("no", Recommend(
                    Sequential, "a plain loop", Sequential, "a plain loop",
                    "What is fast enough needs no concurrency.")))))));

    // The nodes that a reply leads to, lit where the workload takes this way; without a workload, all of the tree is alike.
    private delegate IEnumerable<ChartNode> Branch(string reply, Workload? work);

    /// <summary>The questions and what they lead to, as a picture with every path in a table.</summary>
    public static ChartSpec Tree { get; } = new("Which model suits the work?", new TreeChart(Root("", null).Single()));

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

        return new(workload.Name, new TreeChart(Root("", workload).Single()));
    }

    private static Branch Ask(
        string question, Func<Workload, bool> answer, (string Reply, Branch Next) yes, (string Reply, Branch Next) no) => (reply, work) =>
    {
        var isYes = work is not null && answer(work);
        ChartNode[] next = [.. yes.Next(yes.Reply, isYes ? work : null), .. no.Next(no.Reply, isYes ? null : work)];
        return [new(question, reply, next, IsLit: work is not null)];
    };

    // Two nodes below one another, for C# and for Python with its interpreter lock; the reason is that of both.
    private static Branch Recommend(
        ConcurrencyModel model, string with, ConcurrencyModel pythonModel, string pythonWith, string because) => (reply, work) =>
    [
        new($"C#: {model}, {with}", reply, [], model, work is not null, because),
        new($"Python: {pythonModel}, {pythonWith}", "", [], pythonModel, work is not null),
    ];
}
