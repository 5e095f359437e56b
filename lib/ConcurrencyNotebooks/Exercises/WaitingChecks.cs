using static ConcurrencyNotebooks.Trial;
using Fetch = System.Func<string, System.Threading.Tasks.Task<string>>;

namespace ConcurrencyNotebooks;

/// <summary>Checks of what waits: calls that should overlap.</summary>
internal static class WaitingChecks
{
    public static Task OnThreadsAsync(Trial trial)
    {
        var solve = trial.Solution<Action<int, Action>>();
        var clock = Stopwatch.StartNew();
        var crowd = new Crowd(10, atOnce: 10, trial.Patience, "waits");
        solve(10, () => crowd.Ask(""));
        crowd.DemandCalls();
        Demand(!crowd.UsedPool, "Waits ran on threads of the built-in pool. Make a thread for each: new Thread(…).");

        var slower = Slower(clock.Elapsed);
        solve(10, () => slower.Ask(""));
        DemandEnd(slower, "Join waits for a thread's end.");
        return Task.CompletedTask;
    }

    public static async Task AwaitedAsync(Trial trial)
    {
        var solve = trial.Solution<Func<int, Func<Task>, Task>>();
        var clock = Stopwatch.StartNew();
        var crowd = new Crowd(10, atOnce: 10, trial.Patience, "waits");
        await await crowd.AwaitedAsync(() => solve(10, () => crowd.AskAsync("")));
        crowd.DemandCalls();

        var slower = Slower(clock.Elapsed);
        await solve(10, () => slower.AskAsync(""));
        DemandEnd(slower, "await the task of each.");
    }

    public static async Task InOrderAsync(Trial trial)
    {
        var crowd = new Crowd(6, atOnce: 3, trial.Patience);
        var answers = await ResultOf(trial.Solution<Func<string[], Func<string, string>, Task<string[]>>>()(crowd.Names, crowd.Ask));
        crowd.DemandAnswers(answers);
    }

    public static async Task OnThePoolAsync(Trial trial)
    {
        ThreadPool.GetMinThreads(out var workers, out var ports);
        var calls = Math.Max(ThreadPool.ThreadCount, workers) + 16;
        var crowd = new Crowd(calls, calls - 4, trial.Patience); // A few of its threads may have other work.
        var (solve, made) = (trial.Solution<Func<int, Action, Task>>(), 0);
        try
        {
            await solve(calls, () => crowd.Ask(""));
            Demand(crowd.Ended == calls, $"When your task had ended, {crowd.Ended} of {calls} calls had. Await all of them.");
            Demand(crowd.UsedPool, "The calls ran on other threads. This is about the built-in pool: Task.Run.");
            Demand(crowd.Peak >= calls - 4, $"At most {crowd.Peak} of {calls} calls ran at once: the built-in pool adds threads slowly. "
                + "Tell it with ThreadPool.SetMinThreads how many may come at once.");
            ThreadPool.GetMinThreads(out var now, out var portsNow);
            Demand((now, portsNow) == (workers, ports), $"The pool's MinThreads were {workers} and {ports}, and are {now} and {portsNow}. "
                + "Set both back: the pool is the whole process's.");

            var failing = Task.Run(() => solve(calls, () =>
            {
                if (Interlocked.Increment(ref made) == 1) throw new InvalidOperationException("bad luck");
            }));
            await failing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ThreadPool.GetMinThreads(out now, out _);
            Demand(now == workers, $"A call threw an exception, and the pool's MinThreads stayed at {now} instead of {workers}. "
                + "Set them back in finally.");
            DemandFailure(failing);
        }
        finally
        {
            ThreadPool.SetMinThreads(workers, ports);
        }
    }

    public static Task CapturedAsync(Trial trial)
    {
        var crowd = new Crowd(5, atOnce: 5, trial.Patience);
        var answers = trial.Solution<Func<string[], Func<string, string>, string[]>>()(crowd.Names, crowd.Ask);
        Demand(trial.Crash is not IndexOutOfRangeException, "Each thread looked for a name behind the last one, and its exception would "
            + "have ended your program. What is the value of i when a thread begins?", isGiven: true);
        crowd.DemandAnswers(answers);
        return Task.CompletedTask;
    }

    public static async Task FetchedAsync(Trial trial, int pages, int atOnce, bool isGiven = false)
    {
        var crowd = new Crowd(pages, atOnce, trial.Patience);
        var answers = await ResultOf(await crowd.AwaitedAsync(
            () => trial.Solution<Func<string[], Fetch, Task<string[]>>>()(crowd.Names, crowd.AskAsync)));
        crowd.DemandAnswers(answers, isGiven);
    }

    public static async Task AtMostEightAsync(Trial trial)
    {
        await FetchedAsync(trial, pages: 24, atOnce: 8);
        var failing = trial.Solution<Func<string[], Fetch, Task<string[]>>>()(
            new Crowd(24, 8, trial.Patience).Names, _ => Task.FromException<string>(new HttpRequestException("down")));
        Demand(await trial.EndsAsync(failing),
            "All requests failed, and your method never ends. Give the place of a request that fails back, in finally.");
        DemandFailure(failing);
    }

    public static async Task MixedAsync(Trial trial)
    {
        var (count, cores) = (10 * Math.Max(2, Machine.Cores), Math.Min(2, Machine.Cores));
        var downloads = new Crowd(count, atOnce: count, trial.Patience, "downloads");
        var readings = new Crowd(count, atOnce: count, trial.Patience, "readings");
        var compressions = new Crowd(count, cores, trial.Patience, "compressions");
        await trial.Solution<Func<int, Func<Task>, Action, Action, Task>>()(
            count, () => downloads.AskAsync(""), () => readings.Ask(""), () => compressions.Ask(""));
        downloads.DemandCalls();
        Demand(downloads.NewThreads <= 8 * Machine.Cores,
            $"{downloads.NewThreads} new threads were made for downloads, which can be awaited. Start them on one thread.");
        Demand(!readings.UsedPool, "Readings blocked threads of the built-in pool, which others need. Give them threads of their own.");
        readings.DemandCalls();
        Demand(compressions.Ended == count, $"When your task had ended, {compressions.Ended} of {count} compressions had.");
        Demand(compressions.Peak >= cores, "One compression ran after the other, on one core.");
        Demand(compressions.NewThreads <= 8 * Machine.Cores,
            $"{compressions.NewThreads} new threads compressed on {Machine.Cores} cores. "
            + "Computing needs about as many threads as there are cores.");
    }

    public static Task BesideTheLoopAsync(Trial trial)
    {
        var crowd = new Crowd(10, atOnce: 5, trial.Patience);
        var (answers, wasFree) = (Array.Empty<string>(), false);
        crowd.Close(); // The loop itself opens it, if it is free while calls wait.
        EventLoop.Run(async () =>
        {
            await Task.Yield();
            var task = trial.Solution<Func<string[], Func<string, string>, Task<string[]>>>()(crowd.Names, crowd.Ask);
            while (!task.IsCompleted)
            {
                wasFree |= crowd.Made > crowd.Ended;
                crowd.Open();
                await Task.WhenAny(task, Task.Delay(5));
            }

            answers = await ResultOf(task);
        });
        Demand(wasFree || crowd.Made == 0, "The event loop stood still while calls ran. Hand them to threads, and await their tasks.");
        crowd.DemandAnswers(answers);
        return Task.CompletedTask;
    }

    public static async Task PagesAsync(Trial trial)
    {
        var fetched = new Crowd(12, atOnce: 4, trial.Patience);
        var counted = new Crowd(11, atOnce: 1, trial.Patience, "countings");
        var words = await await fetched.AwaitedAsync(() => trial.Solution<Func<string[], Fetch, Func<string, int>, Task<int>>>()(
            fetched.Names,
            async name => await fetched.AskAsync(name) is var page && name != "page 5" ? page : throw new HttpRequestException("missing"),
            page => counted.Ask(page).Length > 0 && fetched.Answers.Contains(page) ? 100 : 0));
        fetched.DemandCalls();
        Demand(counted.Made == 11, $"{counted.Made} pages were counted. Eleven arrive, and each is counted once.");
        Demand(counted.Peak <= Machine.Cores, $"{counted.Peak} pages were counted at once, and there are {Machine.Cores} cores.");
        Demand(words == 1_100, $"It returned {words}. Eleven pages have 100 words each, and the one that fails has none.");
    }

    public static async Task SavedAsync(Trial trial)
    {
        var crowd = new Crowd(10, atOnce: 4, trial.Patience, "pages");
        var task = await crowd.AwaitedAsync(() =>
        {
            var saving = trial.Solution<Func<int[], Func<int, Task>, Task>>()(
                [.. Enumerable.Range(1, 10)], page => crowd.AskAsync($"page {page}"));
            Demand(saving is not { IsCompletedSuccessfully: true } || crowd.Ended > 0,
                "It says that it is ready, and has saved 0 of 10 pages. What does the lambda return?", isGiven: true);
            return saving;
        });
        await task;
        crowd.DemandCalls();
    }

    public static async Task LittleAsync(Trial trial)
    {
        var crowd = new Crowd(40, atOnce: 10, trial.Patience);
        await await crowd.AwaitedAsync(() => trial.Solution<Func<int, Func<Task>, Task>>()(40, () => crowd.AskAsync("")));
        Demand(crowd.Peak == 10,
            $"At most {crowd.Peak} requests were in flight. At 0.25 s each, that is {crowd.Peak * 4} answers a second.");
        crowd.DemandCalls();
    }

    // The same with longer waits, which never meet: however long a solution slept the first time, that is not enough now.
    private static Crowd Slower(TimeSpan before) => new(10, atOnce: 11, 2 * before, "waits");

    private static void DemandEnd(Crowd slower, string help) => Demand(slower.Ended == 10,
        $"When the waits took longer, {slower.Ended} of 10 had ended when your method had. Do not guess how long they take: {help}");
}
