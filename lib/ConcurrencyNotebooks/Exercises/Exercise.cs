using System.Runtime.ExceptionServices;

namespace ConcurrencyNotebooks;

/// <summary>Checks a reader's solution: what it returns, what it calls, and how many of its calls are under way at once.</summary>
/// <remarks>Nothing is judged by the clock, so that a slow machine only takes longer: what a solution gets counts its own calls.</remarks>
/// <example>
/// <code>
/// async Task FetchAsync(int count, Func&lt;Task> waitAsync) => await Task.WhenAll(Enumerable.Range(0, count).Select(_ => waitAsync()));
/// await Exercise.CheckAsync("01-2", FetchAsync)
/// </code>
/// </example>
public static class Exercise
{
    // Right solutions need neither; both are long for the sake of a busy machine.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    // What a solution shows, as a claim, and its check.
    private static readonly Dictionary<string, (string Shown, Func<Trial, Task> CheckAsync)> All = new()
    {
        ["01-1"] = ("Ten threads wait at the same moment", WaitingChecks.OnThreadsAsync),
        ["01-2"] = ("Ten async waits overlap, and their caller is free", WaitingChecks.AwaitedAsync),
        ["02-1"] = ("With one lock for both threads no update is lost", SharingChecks.CounterAsync),
        ["02-2"] = ("With the check under the same lock as the sale, the last seat is sold once", SharingChecks.SeatsAsync),
        ["03-1"] = ("Three threads get six answers, and each answer has its place", WaitingChecks.InOrderAsync),
        ["03-2"] = ("With enough threads in the built-in pool all calls begin at once", WaitingChecks.OnThePoolAsync),
        ["03-3"] = ("Threads with a variable of their own ask for different pages", WaitingChecks.CapturedAsync),
        ["04-1"] = ("In chunks, 2,000 numbers need few calls into processes", ComputingChecks.ChunksAsync),
        ["04-2"] = ("A timeout ends endless work in a process, and hides no other failure", ComputingChecks.TimeoutAsync),
        ["05-1"] = ("A semaphore around read, await and write loses no update", SharingChecks.TornAsync),
        ["05-2"] = ("A semaphore lets exactly eight requests be in flight", WaitingChecks.AtMostEightAsync),
        ["05-3"] = ("Requests that start before the first await overlap", trial => WaitingChecks.FetchedAsync(trial, 5, atOnce: 5, true)),
        ["06-1"] = ("The first mirror that succeeds answers, and the others are cancelled", EndingChecks.FirstAsync),
        ["06-2"] = ("A request that takes too long is cancelled, and not only left", EndingChecks.WithinAsync),
        ["07-1"] = ("On several cores each number is looked at once, and no prime is lost", ComputingChecks.PrimesAsync),
        ["07-2"] = ("Four threads share out one sum", ComputingChecks.SumAsync),
        ["08-1"] = ("Each of three kinds of work runs in the model that fits it", WaitingChecks.MixedAsync),
        ["08-2"] = ("In a process pool a crash costs one photograph", ComputingChecks.CrashAsync),
        ["09-1"] = ("Ten blocking calls on five threads leave the event loop free", WaitingChecks.BesideTheLoopAsync),
        ["09-2"] = ("A sum in parts lets the event loop go on between them", ComputingChecks.PartsAsync),
        ["10-1"] = ("Twelve pages are fetched and counted, each step in its own model", WaitingChecks.PagesAsync),
        ["10-2"] = ("When one request fails, the others are cancelled and have ended", EndingChecks.GroupAsync),
        ["11-1"] = ("ForEachAsync saves ten pages, four at once, and ends when all are saved", WaitingChecks.SavedAsync),
        ["11-2"] = ("A method that does not ask again for the place that it holds ends", SharingChecks.StuckAsync),
        ["11-3"] = ("Ten requests of 0.25 s in flight make forty answers a second", WaitingChecks.LittleAsync),
        ["12-1"] = ("A call without an answer is repeated, and a call with one never is", EndingChecks.RepeatAsync),
        ["12-2"] = ("A deposit with a number is in the balance once, however often it is repeated", EndingChecks.OnceAsync),
    };

    static Exercise()
    {
        try
        {
            ExceptionHandling.SetUnhandledExceptionHandler(Trial.Caught);
        }
        catch (InvalidOperationException)
        {
            // There is one handler for a process, and the host has set its own: an exception on a reader's thread is for that one.
        }
    }

    internal static IEnumerable<string> Ids => All.Keys;

    /// <summary>Checks a solution. As the last value of a cell, the result is a line with ✔ or ✘, or with … for a stub.</summary>
    /// <param name="id">The exercise, such as <c>03-1</c> for the first one of notebook 3.</param>
    /// <param name="solution">The method of the exercise's cell.</param>
    /// <exception cref="ArgumentException">There is no such exercise.</exception>
    public static Task<ExerciseResult> CheckAsync(string id, Delegate solution) => CheckAsync(id, solution, Limit, Patience);

    internal static async Task<ExerciseResult> CheckAsync(string id, Delegate solution, TimeSpan limit, TimeSpan patience)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(solution);
        if (!All.TryGetValue(id, out var exercise))
            throw new ArgumentException($"There is no exercise {id}; there are {string.Join(", ", All.Keys)}.", nameof(id));
        using var trial = new Trial(solution, limit, patience);
        var (verdict, sentence) = await trial.JudgeAsync(exercise.CheckAsync);
        return new(id, verdict, verdict == Verdict.Holds ? exercise.Shown : sentence);
    }
}
