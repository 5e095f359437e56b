using static ConcurrencyNotebooks.Trial;

namespace ConcurrencyNotebooks;

/// <summary>
/// Calls that a solution makes, and how many of them are under way at once. They wait until as many as should overlap have met, or the
/// patience is over, and stay a little longer, so that one too many is seen; the first to come leaves last, and the last one first.
/// </summary>
internal sealed class Crowd(int calls, int atOnce, TimeSpan patience, string what = "requests")
{
    private const int CallsThatStay = 40; // The others pass freely: there may be thousands.

    private readonly int _secret = Random.Shared.Next(1_000, 10_000);
    private readonly TaskCompletionSource _met = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new(); // Guards what follows.
    private readonly List<string> _made = [];
    private readonly HashSet<Thread> _newThreads = [];
    private long _start;
    private bool _isClosed;
    private bool _blocks;

    public string[] Names { get; } = [.. Enumerable.Range(1, calls).Reverse().Select(number => $"page {number}")]; // not sorted
    public string[] Answers => [.. Names.Select(Answer)];
    public int Made => _made.Count;
    public int Ended { get; private set; }
    public int Peak { get; private set; }
    public int NewThreads => _newThreads.Count;
    public bool UsedPool { get; private set; }

    /// <summary>Starts a solution that is to await these calls, and demands that no thread waits for them.</summary>
    /// <returns>What the solution returned: a task that has ended.</returns>
    public async Task<T> AwaitedAsync<T>(Func<T> solve)
        where T : Task
    {
        // The threads that work for the solution at a moment: one that waits stays among them, one that awaits does not.
        var working = 0;
        var solution = new AsyncLocal<bool>(change =>
        {
            if (change.ThreadContextChanged) Interlocked.Add(ref working, change.CurrentValue ? 1 : -1);
        });
        Close();
        solution.Value = true;
        var task = solve();
        solution.Value = false;
        Demand(task is not null, "It returned null instead of a task.");
        var hasBlocked = Ended > 0;
        Thread.Sleep(50); // What was handed to the pool has begun.
        var isFree = SpinWait.SpinUntil(() => Made >= atOnce && Volatile.Read(ref working) == 0, patience / 2);
        var blocksThread = Made >= atOnce && !isFree;
        Open();
        await ((Task)task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Demand(!hasBlocked, $"It kept its caller until {what} had ended: it blocks. Await their tasks instead.");
        Demand(!blocksThread,
            $"A thread stood still until the {what} had ended: it blocks, though not its caller. Await their tasks instead.");
        return task;
    }

    /// <summary>Lets no call end until <see cref="Open"/>, or until the patience is over.</summary>
    public void Close() => _isClosed = true;

    public void Open()
    {
        lock (_gate)
        {
            _isClosed = false;
            LookWhetherMet();
        }
    }

    /// <summary>A call that blocks its thread.</summary>
    public string Ask(string name)
    {
        _blocks = true;
        var (rest, stay) = Enter(name);
        ((IAsyncResult)_met.Task).AsyncWaitHandle.WaitOne(rest); // The built-in pool would see Wait, and add a thread.
        Thread.Sleep(stay);
        return Leave(name);
    }

    /// <summary>A call that can be awaited.</summary>
    public async Task<string> AskAsync(string name)
    {
        var (rest, stay) = Enter(name);
        await Task.WhenAny(_met.Task, Task.Delay(rest));
        await Task.Delay(stay);
        return Leave(name);
    }

    /// <summary>Demands that each call was made once and has ended, and that as many overlapped as should.</summary>
    public void DemandCalls(bool isGiven = false)
    {
        var (twice, left) = (_made.Where(name => name.Length > 0).CountBy(name => name).Append(new("", 0)).MaxBy(one => one.Value), Ended);
        Demand(Made > 0, "No call had been made when your method had ended. Call the function that you were given, and wait for it.");
        Demand(twice.Value <= 1, $"'{twice.Key}' was asked for {twice.Value} times; once is enough.");
        Demand(Made <= calls, $"There were {Made} {what} instead of {calls}.");
        Demand(left == calls, $"When your method had ended, {left} of {calls} {what} had. Start all of them, and wait for each.");
        DemandOverlap(isGiven);
    }

    public void DemandOverlap(bool isGiven = false)
    {
        Demand(Made > 1 || calls == 1, $"When your method had ended, {Made} of {calls} {what} had begun. Start all of them.", isGiven);
        Demand(Peak > 1 || atOnce == 1, $"All {Made} {what} ran one after the other: at most 1 was in flight; start them all, then "
            + $"{(_blocks ? "wait" : "await")}.", isGiven);
        Demand(Peak >= atOnce, $"At most {Peak} {what} were in flight at once. It should be {atOnce}."
            + (_blocks && UsedPool ? " The built-in pool adds threads slowly: use threads of your own." : ""));
        Demand(Peak <= atOnce, $"{Peak} {what} were in flight at once. At most {atOnce} may be.");
    }

    /// <summary>Demands the same, and all answers in the order of the names.</summary>
    public void DemandAnswers(string[]? answers, bool isGiven = false)
    {
        Demand(answers is not null, "It returned null.");
        DemandCalls(isGiven);
        Demand(!answers.SequenceEqual(Names), "It returned the names instead of the answers.");
        Demand(!answers.Any(string.IsNullOrEmpty), "An answer is missing. Wait for every request before you return.");
        Demand(!answers.Order().SequenceEqual(Answers.Order()) || answers.SequenceEqual(Answers),
            "All answers are there, in another order than their names: the first to arrive is not the first that was asked for.");
        Demand(answers.SequenceEqual(Answers), "The answers are not those that the function gave, one for each name.");
    }

    private string Answer(string name) => $"{name}, edition {_secret}";

    private (TimeSpan Patience, TimeSpan Stay) Enter(string name)
    {
        lock (_gate)
        {
            if (_start == 0) _start = Stopwatch.GetTimestamp();
            _made.Add(name);
            if (Thread.CurrentThread.IsThreadPoolThread) UsedPool = true;
            else _newThreads.Add(Thread.CurrentThread);
            Peak = Math.Max(Peak, Made - Ended);
            LookWhetherMet();
            var rest = patience - Stopwatch.GetElapsedTime(_start);
            var isLate = rest <= TimeSpan.Zero;
            // The last one leaves at once, so that whoever waits for that one alone leaves others behind.
            var stays = Made <= CallsThatStay && Made < calls && (!isLate || _met.Task.IsCompleted);
            var stay = Math.Min(15, 100.0 / atOnce) * (1 + Math.Max(0, atOnce - (Made - Ended)));
            return (isLate ? TimeSpan.Zero : rest, TimeSpan.FromMilliseconds(stays ? stay : 0));
        }
    }

    private string Leave(string name)
    {
        lock (_gate) Ended++;
        return Answer(name);
    }

    private void LookWhetherMet()
    {
        if (!_isClosed && Made - Ended >= atOnce) _met.TrySetResult();
    }
}
