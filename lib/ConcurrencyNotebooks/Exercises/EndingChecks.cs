using static ConcurrencyNotebooks.Trial;

namespace ConcurrencyNotebooks;

/// <summary>Checks of what is cancelled, fails, takes too long, or is repeated.</summary>
internal static class EndingChecks
{
    private static readonly Type[] Endings =
        [typeof(TimeoutException), typeof(OperationCanceledException), typeof(HttpRequestException), typeof(AggregateException)];

    public static async Task FirstAsync(Trial trial)
    {
        var requests = new Requests(trial, failing: "broken", quick: "quick");
        var solve = trial.Solution<Func<string[], Func<string, CancellationToken, Task<string>>, Task<string>>>();
        var task = await requests.Crowd.AwaitedAsync(() => solve(["silent", "broken", "quick", "silent too"], requests.FetchAsync));
        var outcome = await OutcomeOf(() => task, Endings);
        requests.Crowd.DemandOverlap();
        Demand(outcome is not HttpRequestException, "The first mirror to end had failed, and its exception came out. "
            + "Wait for one that succeeds.");
        Demand(outcome is "page of quick", $"It returned {Said(outcome)}. The mirror \"quick\" was the first to succeed.");
        Demand(SpinWait.SpinUntil(() => requests.WereAsked == 2, trial.Patience),
            "The answer is there, and two requests go on for nothing. Hand them a token, and cancel it.");
    }

    public static async Task WithinAsync(Trial trial)
    {
        var solve = trial.Solution<Func<TimeSpan, Func<CancellationToken, Task<string>>, Task<string>>>();
        var token = CancellationToken.None;
        var quick = await OutcomeAsync(seconds: 5, async given =>
        {
            await Task.Delay(50, given);
            return "page";
        });
        var slow = await OutcomeAsync(seconds: 0.02, async given =>
        {
            token = given;
            await Task.Delay(trial.Patience, given);
            return "too late";
        });
        var failed = await OutcomeAsync(seconds: 5, _ => Task.FromException<string>(new HttpRequestException("down")));

        Demand(quick is "page", $"A quick request answered \"page\", and the outcome was {Said(quick)}.");
        Demand(slow is TimeoutException or OperationCanceledException, $"The time was over, and the outcome was {Said(slow)}. "
            + "Throw TimeoutException, or let OperationCanceledException through.");
        Demand(token.IsCancellationRequested, "You gave up waiting, and the request goes on. "
            + "Hand it a token that is cancelled after the limit.");
        Demand(failed is HttpRequestException, $"A request failed with HttpRequestException, and the outcome was {Said(failed)}.");

        Task<object> OutcomeAsync(double seconds, Func<CancellationToken, Task<string>> requestAsync) =>
            OutcomeOf(() => solve(TimeSpan.FromSeconds(seconds), requestAsync), Endings);
    }

    public static async Task GroupAsync(Trial trial)
    {
        var solve = trial.Solution<Func<string[], Func<string, CancellationToken, Task<string>>, Task<string[]>>>();
        var crowd = new Crowd(4, atOnce: 4, trial.Patience);
        var answers = await ResultOf(await crowd.AwaitedAsync(() => solve(crowd.Names, (name, _) => crowd.AskAsync(name))));
        crowd.DemandAnswers(answers);

        var requests = new Requests(trial, failing: "page 3", quick: "");
        var outcome = await OutcomeOf(() => solve(crowd.Names, requests.FetchAsync), Endings);
        Demand(requests.WereAsked == 3, "One request failed, and the others went on. Hand them a token, and cancel it when one fails.");
        Demand(requests.Ended == 4, "The others were cancelled, and still cleaned up when your task ended. Await all of them.");
        Demand(outcome is HttpRequestException or AggregateException { InnerException: HttpRequestException },
            $"One request failed with HttpRequestException, and the outcome was {Said(outcome)}. Throw what went wrong.");
    }

    public static async Task RepeatAsync(Trial trial)
    {
        var solve = trial.Solution<Func<Func<Task<int>>, int, Task<int>>>();
        var calls = 0;
        var result = await OutcomeAsync(5, call => call < 3 ? new TimeoutException() : null);
        Demand(result is 42 && calls == 3, $"The third call answered 42. There were {calls} calls, and the outcome was {Said(result)}.");

        Exception? last = null;
        result = await OutcomeAsync(4, call => last = new TimeoutException($"no answer to call {call}"));
        Demand(calls == 4, $"No call answered, at most 4 were allowed, and there were {calls}.");
        Demand(result == last, "When the last call ends in a TimeoutException, let that one out. The outcome was "
            + (result is TimeoutException ? "another one." : $"{Said(result)}."));

        result = await OutcomeAsync(4, _ => new InvalidOperationException("refused"));
        Demand(result is InvalidOperationException && calls == 1, "A call was answered, with an InvalidOperationException. "
            + $"Repeating it cannot help: let it out at once. There were {calls} calls, and the outcome was {Said(result)}.");

        Task<object> OutcomeAsync(int atMost, Func<int, Exception?> failure)
        {
            calls = 0;
            return OutcomeOf(() => solve(CallAsync, atMost), [typeof(InvalidOperationException), .. Endings]);

            async Task<int> CallAsync()
            {
                await Task.Yield();
                return failure(++calls) is { } exception ? throw exception : 42;
            }
        }
    }

    public static async Task OnceAsync(Trial trial)
    {
        var solve = trial.Solution<Func<Guid, int, Task<int>>>();
        var first = Guid.NewGuid();
        var balance = await solve(first, 5);
        var repeated = await solve(first, 5);
        Demand(repeated != balance + 5, "A deposit that was repeated with its number is in the balance twice.", isGiven: true);
        Demand(repeated == balance, $"The balance was {balance}, and {repeated} when the same deposit was repeated.");
        var last = balance;
        for (var others = 0; others < 10; others++)
        {
            var next = await solve(Guid.NewGuid(), 5);
            Demand(next == last + 5, $"The balance was {last}, and {next} after another deposit of 5: only the number tells two apart.");
            last = next;
        }

        // It may answer with the balance of now, or with the answer that it has kept. Whether it counted, the next deposit tells.
        var later = await solve(first, 5);
        Demand((later == last || later == balance) && await solve(Guid.NewGuid(), 5) == last + 5,
            "A deposit may be repeated later too, when others have been made in between.");

        var twice = Guid.NewGuid();
        EventLoop.Run(() => Task.WhenAll(solve(twice, 5), solve(twice, 5))); // in turns, as in a grain
        Demand(await solve(Guid.NewGuid(), 5) == last + 15, "A deposit was repeated while the first call was still under way, and both "
            + "counted. Note its number before you await anything.");
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
