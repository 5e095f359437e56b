using static ConcurrencyNotebooks.Trial;

namespace ConcurrencyNotebooks;

/// <summary>Checks of what is cancelled, fails, or takes too long.</summary>
internal static class EndingChecks
{
    public static async Task FirstAsync(Trial trial)
    {
        var requests = new Requests(trial, failing: "broken", quick: "quick");
        var outcome = await OutcomeAsync(trial.Solution<Func<string[], Func<string, CancellationToken, Task<string>>, Task<string>>>()(
            ["silent", "broken", "quick", "silent too"], requests.FetchAsync));
        requests.Crowd.DemandOverlap();
        Demand(outcome is not HttpRequestException, "The first mirror to end had failed, and its exception came out. "
            + "Wait for one that succeeds.");
        Demand(outcome is "page of quick", $"It returned \"{outcome}\". The mirror \"quick\" was the first to succeed.");
        Demand(requests.WereAsked == 2, "The answer is there, and two requests go on for nothing. Hand them a token, and cancel it.");
    }

    public static async Task WithinAsync(Trial trial)
    {
        var solve = trial.Solution<Func<TimeSpan, Func<CancellationToken, Task<string>>, Task<string>>>();
        var token = CancellationToken.None;
        var quick = await OutcomeAsync(solve(TimeSpan.FromSeconds(5), async given =>
        {
            await Task.Delay(50, given);
            return "page";
        }));
        var slow = await OutcomeAsync(solve(TimeSpan.FromMilliseconds(20), async given =>
        {
            token = given;
            await Task.Delay(trial.Patience, given);
            return "too late";
        }));
        var failed = await OutcomeAsync(solve(TimeSpan.FromSeconds(5), _ => Task.FromException<string>(new HttpRequestException("down"))));

        Demand(quick is "page", $"A quick request answered \"page\", and the outcome was \"{quick}\".");
        Demand(slow is TimeoutException or OperationCanceledException, $"The time was over, and the outcome was \"{slow}\". "
            + "Throw TimeoutException, or let OperationCanceledException through.");
        Demand(token.IsCancellationRequested, "You gave up waiting, and the request goes on. "
            + "Hand it a token that is cancelled after the limit.");
        Demand(failed is HttpRequestException, $"A request failed with HttpRequestException, and the outcome was \"{failed}\".");
    }

    public static async Task GroupAsync(Trial trial)
    {
        var solve = trial.Solution<Func<string[], Func<string, CancellationToken, Task<string>>, Task<string[]>>>();
        var crowd = new Crowd(4, atOnce: 4, trial.Patience);
        var answers = await ResultOf(solve(crowd.Names, (name, _) => crowd.AskAsync(name)));
        crowd.DemandCalls();
        crowd.DemandAnswers(answers);

        var requests = new Requests(trial, failing: "page 3", quick: "");
        var outcome = await OutcomeAsync(solve(crowd.Names, requests.FetchAsync));
        Demand(requests.WereAsked == 3, "One request failed, and the others went on. Hand them a token, and cancel it when one fails.");
        Demand(requests.Ended == 4, "The others were cancelled, and still cleaned up when your task ended. Await all of them.");
        Demand(outcome is HttpRequestException, $"One request failed with HttpRequestException, and the outcome was \"{outcome}\". "
            + "Throw what went wrong.");
    }

    private static async Task<object> OutcomeAsync<T>(Task<T> task)
    {
        try
        {
            return (await ResultOf(task))!;
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException or HttpRequestException)
        {
            return exception;
        }
    }

    /// <summary>Four requests: one fails at once, one may be quick, the others wait until they are cancelled.</summary>
    private sealed class Requests(Trial trial, string failing, string quick)
    {
        private int _asked;
        private int _ended;

        public Crowd Crowd { get; } = new(4, atOnce: 4, trial.Patience);

        /// <summary>The requests that were asked to stop.</summary>
        public int WereAsked => Volatile.Read(ref _asked);

        public int Ended => Volatile.Read(ref _ended);

        public async Task<string> FetchAsync(string name, CancellationToken cancellationToken)
        {
            using var registration = name == failing || name == quick
                ? default : cancellationToken.Register(() => Interlocked.Increment(ref _asked));
            await Crowd.AskAsync(name);
            try
            {
                if (name == failing) throw new HttpRequestException($"{name} is missing.");
                await Task.Delay(name == quick ? TimeSpan.FromMilliseconds(50) : 3 * trial.Patience, cancellationToken);
                return $"page of {name}";
            }
            finally
            {
                if (cancellationToken.IsCancellationRequested) await Task.Delay(50, CancellationToken.None); // cleans up
                Interlocked.Increment(ref _ended);
            }
        }
    }
}
