using static ConcurrencyNotebooks.Trial;

namespace ConcurrencyNotebooks;

/// <summary>Checks of what is shared, and guarded.</summary>
internal static class SharingChecks
{
    public static Task CounterAsync(Trial trial)
    {
        var caller = Thread.CurrentThread;
        var counter = new SlowCounter
        {
            HasAnotherBegun = () => trial.HasBegunBeside(caller, Thread.CurrentThread),
            Patience = trial.Patience,
        };
        trial.Solution<Action<int, SlowCounter>>()(100, counter);
        Demand(counter.Lost == 0, $"Updates were lost, {counter.Lost} in all: a thread wrote, and had read before the other one wrote. "
            + "Both must lock the same object, around reading and writing.");
        Demand(counter.Readers == 2, $"{counter.Readers} {(counter.Readers == 1 ? "thread" : "threads")} counted. "
            + "Start two, and let both count.");
        Demand(!counter.WasAlone || counter.WasReadBy(caller),
            "The second thread began when the first one had ended: that is a sequence. Start both, and only then Join both.");
        Demand(counter.Now == 200, $"When your method had ended, the counter stood at {counter.Now} instead of 200. "
            + "Count 100 on each thread, and Join both.");
        return Task.CompletedTask;
    }

    public static async Task SeatsAsync(Trial trial)
    {
        var sell = trial.Solution<Func<SlowCounter, bool>>();
        var last = await SoldOfAsync(1);
        Demand(last < 2, "One seat was left, and several customers got it: all looked before one of them sold.", isGiven: true);
        Demand(last == 1, "One seat was left, three customers came, and nobody got it.");
        Demand(await SoldOfAsync(5) == 3, "Five seats were left, and three customers did not get one each.");

        async Task<int> SoldOfAsync(int left)
        {
            var seats = new SlowCounter { Value = left };
            var sold = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Factory.StartNew(
                () => sell(seats), default, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
            var count = sold.Count(got => got);
            Demand(count > left || seats.Now == left - count,
                $"{count} of 3 customers were told that they have a seat, and {left - seats.Now} seats are gone.");
            return count;
        }
    }

    public static Task TornAsync(Trial trial)
    {
        var addAsync = trial.Solution<Func<Func<Task<int>>, Func<int, Task>, Task>>();
        var (number, writes) = (0, 0);
        EventLoop.Run(() => Task.WhenAll(Enumerable.Range(0, 20).Select(_ => addAsync(
            async () => { var seen = number; await Task.Yield(); return seen; },
            async value => { await Task.Yield(); number = value; writes++; }))));
        Demand(writes == 20, $"Twenty methods wrote {writes} times. Each reads once and writes once, and the caller awaits it.");
        Demand(number != 1, "Twenty methods added 1 each, and the number is 1: all of them read before one of them wrote.", isGiven: true);
        Demand(number == 20, $"Twenty methods added 1 each, and the number is {number}.");

        (number, var reads, var haveEnded, var failing) = (0, 0, false, Task.CompletedTask);
        EventLoop.Run(async () =>
        {
            var all = Task.WhenAll(Enumerable.Range(0, 3).Select(_ => addAsync(
                async () => { await Task.Yield(); return ++reads == 1 ? throw new IOException("cannot be read") : number; },
                async value => { await Task.Yield(); number = value; })));
            haveEnded = await trial.EndsAsync(all);
            failing = all;
        });
        Demand(haveEnded && number == 2, "One of three reads failed, and the two others were not let in any more. "
            + "Give the place back in finally.");
        DemandFailure(failing);
        return Task.CompletedTask;
    }

    public static async Task StuckAsync(Trial trial)
    {
        var solve = trial.Solution<Func<int, Action<int>, Task>>();
        var (added, crowd) = (new List<int>(), new Crowd(2, atOnce: 1, trial.Patience));
        await EndAsync(DepositAsync(1));
        Demand(added.SequenceEqual([1, 1]), $"{added.Count} deposits arrived instead of two.");
        crowd = new(6, atOnce: 2, TimeSpan.FromMilliseconds(100)); // Two of them should never meet.
        await EndAsync(Task.WhenAll(DepositAsync(10), DepositAsync(20), DepositAsync(30)));
        Demand(crowd.Peak == 1, "Two callers deposited at the same moment. The semaphore has one place, so that they do not.");
        Demand(added.Count == 8 && added.Chunk(2).All(pair => pair[0] == pair[1]),
            "The deposit of another caller came between two that belong together.");

        var failing = Task.Run(() => solve(1, _ => throw new IOException("no deposit")));
        await trial.EndsAsync(failing);
        Demand(await trial.EndsAsync(Task.Run(() => solve(1, _ => { }))),
            "A deposit threw an exception, and the next one never ends. Give the place back in finally.");
        DemandFailure(failing);

        Task DepositAsync(int amount) => Task.Run(() => solve(amount, toAdd =>
        {
            lock (added) added.Add(toAdd);
            crowd.Ask("");
        }));

        async Task EndAsync(Task task)
        {
            var hasEnded = await Task.WhenAny(task, Task.Delay(trial.Patience + TimeSpan.FromSeconds(1))) == task;
            Demand(hasEnded, "It never ends, and there is not even a second thread. Who holds the place that it waits for?",
                isGiven: added.Count == 0);
            await task;
        }
    }
}
