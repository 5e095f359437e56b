using System.Collections.Concurrent;
using OutOfProcess;
using static ConcurrencyNotebooks.Trial;

namespace ConcurrencyNotebooks;

/// <summary>Checks of what computes, in processes, on threads or on an event loop.</summary>
internal static class ComputingChecks
{
    private const int Crashing = 9; // The last digit of a photograph that does.

    // A worker has statics of its own: what it sets there is not seen here, and _isWorker is true there.
    private static bool _isWorker = true;
    private static bool _wasCalledHere;

    [ThreadStatic]
    private static Meeting? _attended;

    public static async Task ChunksAsync(Trial trial)
    {
        var calls = new ConcurrentBag<WorkerCall>();
        await using var pool = new ProcessPool(new ProcessPoolOptions { Workers = 2, CallEnded = calls.Add });
        var primes = await ResultOf(trial.Solution<Func<ProcessPool, int[], Task<int>>>()(pool, [.. Enumerable.Range(0, 2_000)]));
        Demand(!calls.IsEmpty, "No worker was called: your own process did all the work. Use the pool that you were given.");
        Demand(primes == 303, $"It returned {primes}. There are 303 primes among the numbers.");
        Demand(calls.Count <= 200, $"{calls.Count:N0} calls went to the workers for 2,000 numbers. Send them in chunks: pool.MapAsync.");
        Demand(calls.Count > 1, "One call had all the numbers: one worker did everything, and the other one nothing.");
    }

    public static async Task TimeoutAsync(Trial trial)
    {
        var solve = trial.Solution<Func<Func<long, long>, long, Task<string>>>();
        _wasCalledHere = false;
        var small = await OfLittleAsync(Sum, 10);
        Demand(!_wasCalledHere, "The work ran in your own process, where nobody can end it. Run it in a ProcessPool.");
        Demand(small == "285", $"For the sum of 10 squares the outcome was \"{small}\" instead of \"285\".");
        var shortWork = await OfLittleAsync(Doze, 100);
        Demand(int.TryParse(shortWork, out var pid), $"Work that takes 0.1 s had the outcome \"{shortWork}\". Give it half a second.");
        Demand(SpinWait.SpinUntil(() => !IsRunning(pid), trial.Patience), "Your method has ended, and the process of its pool goes on. "
            + "Dispose of the pool: await using.");
        var longWork = await OutcomeAsync(Doze, 3_000);
        Demand(!int.TryParse(longWork, out _), "Work that takes 3 s came to its end. It should be too long after half a second.");
        var endless = await OutcomeAsync(Cpu.SumOfSquares, long.MaxValue);
        Demand(endless == "too long", $"For an endless sum the outcome was \"{endless}\" instead of \"too long\".");
        var failed = await OfLittleAsync(Fail, 1);
        Demand(failed == nameof(InvalidOperationException), "The work failed with InvalidOperationException, and the outcome was "
            + $"\"{failed}\". Catch the exception of the timeout, and no other.");

        // Now and then a busy machine needs half a second for next to nothing.
        async Task<string> OfLittleAsync(Func<long, long> work, long argument)
        {
            var outcome = "too long";
            for (var tries = 0; tries < 3 && outcome == "too long"; tries++) outcome = await OutcomeAsync(work, argument);
            return outcome;
        }

        async Task<string> OutcomeAsync(Func<long, long> work, long argument) => await OutcomeOf(() => solve(work, argument),
            typeof(RemoteTaskException), typeof(InvalidOperationException), typeof(TaskTimeoutException)) switch
        {
            RemoteTaskException failure => failure.TypeName.Split('.')[^1],
            Exception exception => exception.GetType().Name,
            var result => (string)result,
        };
    }

    public static Task PrimesAsync(Trial trial)
    {
        var cores = Math.Min(2, Machine.Cores);
        var crowd = new Crowd(1_000, cores, trial.Patience, "numbers");
        var solve = trial.Solution<Func<int[], Func<int, bool>, int>>();
        var primes = solve([.. Enumerable.Range(0, 1_000)], number => crowd.Ask($"{number}").Length > 0 && Primes.IsPrime(number));
        Demand(crowd.Made == 1_000, $"isPrime was called {crowd.Made:N0} times for 1,000 numbers.");
        Demand(primes == 168, $"It returned {primes}. There are 168 primes. Do several threads count in one variable?");
        Demand(crowd.Peak >= cores, "One number was looked at after the other, on one core. Share them out: AsParallel, or Parallel.For.");
        Demand(crowd.NewThreads <= 16 * Machine.Cores,
            $"{crowd.NewThreads} new threads shared {Machine.Cores} cores. Computing needs about as many threads as there are cores.");

        // Two threads that count in one variable lose something now and then: sooner, the less else they do. They begin together, for
        // else the first may have ended before the second has begun.
        var many = Enumerable.Repeat(7, 2_000).ToArray();
        foreach (var meeting in Meetings(50))
        {
            var start = Stopwatch.GetTimestamp();
            primes = solve(many, _ =>
            {
                if (_attended != meeting) (_attended = meeting).Attend();
                return true;
            });
            Demand(primes == many.Length, $"Of {many.Length:N0} numbers all were prime, and it counted {primes:N0}. "
                + "Do several threads count in one variable?");
            var isQuick = Stopwatch.GetElapsedTime(start).TotalSeconds < 0.1; // It has no task for each number, for example.
            if (isQuick && many.Length < 200_000) many = [.. Enumerable.Repeat(7, 10 * many.Length)];
        }

        return Task.CompletedTask;
    }

    public static Task SumAsync(Trial trial)
    {
        const long Terms = 1_000_003; // No multiple of 4.
        var crowd = new Crowd(4, atOnce: 4, trial.Patience, "parts");
        var parts = new ConcurrentBag<long>();
        var solve = trial.Solution<Func<int, long, Func<long, long, long>, long>>();
        var sum = solve(4, Terms, (from, to) =>
        {
            parts.Add(to - from);
            crowd.Ask("");
            return Cpu.SumOfSquares(to) - Cpu.SumOfSquares(from);
        });
        Demand(parts.Sum() <= Terms, $"Your threads computed {parts.Sum():N0} terms for a sum of {Terms:N0}. Divide the work among them.");
        Demand(parts.Sum() == Terms, $"{Terms - parts.Sum():N0} of {Terms:N0} terms were left out. {Terms:N0} is no multiple of 4.");
        Demand(sum == Cpu.SumOfSquares(Terms), "All terms were computed, and the sum is wrong. How do the parts come together?");
        crowd.DemandCalls();
        Demand(parts.Max() < Terms / 3, $"The largest part has {parts.Max():N0} of {Terms:N0} terms, and the other threads wait for it.");

        // Threads that add to one variable lose a part now and then, if they come to it at the same moment. Here two at a time do.
        const int Many = 16;
        foreach (var meeting in Meetings(Machine.Cores > 1 ? 400 : 0))
        {
            sum = solve(Many, 1_000 * Many, (from, to) =>
            {
                meeting.Attend();
                return to - from;
            });
            Demand(sum == 1_000 * Many,
                $"{Many} parts of 1,000 were added, and the sum is {sum:N0}. Do several threads add to one variable?");
        }

        return Task.CompletedTask;
    }

    public static Task PartsAsync(Trial trial)
    {
        var (turns, sum, all, isFree) = (0, 0L, 0L, true);
        var parts = new List<(long Terms, int Turn)>();
        EventLoop.Run(async () =>
        {
            var task = trial.Solution<Func<long, Func<long, long, long>, Task<long>>>()(1_000, (from, to) =>
            {
                Interlocked.Add(ref all, to - from);
                if (EventLoop.Current is not null) parts.Add((to - from, turns));
                else if (isFree) isFree = HasTurn(turns); // What does not run on the loop does not stop it, unless that waits for it.
                return Cpu.SumOfSquares(to) - Cpu.SumOfSquares(from);
            });
            turns++; // The first part ran before the loop had a turn, and the second one comes before this method's next one.
            for (; !task.IsCompleted; turns++) await Task.Yield();
            sum = await ResultOf(task);
        });
        var largest = parts.Select(part => part.Terms).DefaultIfEmpty().Max();
        Demand(isFree, "The event loop stood still while another thread computed. Await its task: .Result, .Wait() and Join block.");
        Demand(all >= 1_000, $"sumOf was called for {all:N0} of 1,000 terms. Let it compute all of them, part by part.");
        Demand(sum == Cpu.SumOfSquares(1_000), $"The sum is {sum:N0} instead of {Cpu.SumOfSquares(1_000):N0}.");
        Demand(largest <= 100, $"{largest:N0} of 1,000 terms were one part, and the event loop stood still meanwhile.");
        Demand(parts.DistinctBy(part => part.Turn).Count() == parts.Count,
            "Parts ran one after the other, and nothing else on the loop between them. Await Task.Yield() after each.");
        return Task.CompletedTask;

        bool HasTurn(int before) => SpinWait.SpinUntil(() => Volatile.Read(ref turns) > before, trial.Patience);
    }

    public static async Task CrashAsync(Trial trial)
    {
        (_isWorker, _wasCalledHere, var converted) = (false, false, Array.Empty<string>());
        int[] photographs = [.. Enumerable.Range(1, 5).Select(tens => (10 * tens) + Random.Shared.Next(8))];
        var crashing = Random.Shared.Next(4); // Not the last one: what ends at the first crash would be right.
        photographs[crashing] = (photographs[crashing] / 10 * 10) + Crashing;
        try
        {
            converted = await ResultOf(trial.Solution<Func<Func<int, string>, int[], Task<string[]>>>()(Convert, photographs));
        }
        catch (Exception exception) when (exception is WorkerDiedException || _wasCalledHere)
        {
            // Both are judged below.
        }

        Demand(!_wasCalledHere, "convert ran in your own process, and its crash would have ended it. Call it in a ProcessPool.");
        Demand(converted.Length > 0, "One crash took the whole job with it. Catch the WorkerDiedException of each call.");
        var right = photographs.Select((photograph, place) => place == crashing ? "failed" : $"{photograph}.jpg");
        Demand(converted.SequenceEqual(right), $"It returned {string.Join(", ", converted)}. Photograph {photographs[crashing]} crashes, "
            + $"so right is {string.Join(", ", right)}.");
    }

    private static long Sum(long terms)
    {
        _wasCalledHere = true;
        return Cpu.SumOfSquares(terms);
    }

    private static long Doze(long milliseconds)
    {
        Thread.Sleep((int)milliseconds);
        return Environment.ProcessId;
    }

    private static bool IsRunning(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static long Fail(long argument) => throw new InvalidOperationException($"bad luck with {argument}");

    // Plays a native library with a fault.
    private static string Convert(int photograph)
    {
        _wasCalledHere = !_isWorker;
        if (photograph % 10 != Crashing) return $"{photograph}.jpg";
        if (_isWorker) Environment.Exit(139);
        throw new InvalidOperationException($"Photograph {photograph} has crashed the library.");
    }

    // A race is looked for no longer than some seconds, also where a turn takes long; a machine that has other work to do shows it seldom.
    private static IEnumerable<Meeting> Meetings(int atMost)
    {
        var start = Stopwatch.GetTimestamp();
        for (var turn = 1; turn <= atMost && Stopwatch.GetElapsedTime(start).TotalSeconds * turn < 2.5 * Math.Max(1, turn - 1); turn++)
            yield return new Meeting();
    }

    /// <summary>
    /// Lets threads go two by two, as exactly at the same moment as two cores can; one that stays alone goes after a while.
    /// </summary>
    private sealed class Meeting
    {
        private readonly ConcurrentDictionary<int, long> _ends = new();
        private int _arrived;

        // The one that came first sets the time, for only then both are known to run and not just to be there.
        public void Attend()
        {
            var (place, start) = (Interlocked.Increment(ref _arrived) - 1, Stopwatch.GetTimestamp());
            var (pair, end) = (place / 2, 0L);
            while (!_ends.TryGetValue(pair, out end) && Stopwatch.GetElapsedTime(start).TotalSeconds < 0.02)
            {
                if (place % 2 == 0 && Volatile.Read(ref _arrived) > place + 1)
                    _ends[pair] = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 200_000); // 5 µs
                Thread.SpinWait(1);
            }

            while (Stopwatch.GetTimestamp() < end) Thread.SpinWait(1);
        }
    }
}
