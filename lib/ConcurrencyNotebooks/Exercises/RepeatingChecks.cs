using static ConcurrencyNotebooks.Trial;

namespace ConcurrencyNotebooks;

/// <summary>Checks of calls that are repeated because their answer is missing.</summary>
internal static class RepeatingChecks
{
    public static async Task RepeatAsync(Trial trial)
    {
        var solve = trial.Solution<Func<Func<Task<int>>, int, Task<int>>>();
        var (result, calls) = await OutcomeAsync(solve, 5, call => call < 3 ? new TimeoutException() : null);
        Demand(result is 42 && calls == 3, $"The third call answered 42. There were {calls} calls, and the outcome was \"{result}\".");

        (result, calls) = await OutcomeAsync(solve, 4, _ => new TimeoutException());
        Demand(calls == 4, $"No call answered, at most 4 were allowed, and there were {calls}.");
        Demand(result is TimeoutException, $"When the last call ends in a TimeoutException, let it out. The outcome was \"{result}\".");

        (result, calls) = await OutcomeAsync(solve, 4, _ => new InvalidOperationException("refused"));
        Demand(result is InvalidOperationException && calls == 1, "A call was answered, with an InvalidOperationException. "
            + $"Repeating it cannot help: let it out at once. There were {calls} calls, and the outcome was \"{result}\".");
    }

    public static async Task OnceAsync(Trial trial)
    {
        var solve = trial.Solution<Func<Guid, int, Task<int>>>();
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        var balance = await solve(first, 5);
        var repeated = await solve(first, 5);
        Demand(repeated != balance + 5, "A deposit that was repeated with its number is in the balance twice.", isGiven: true);
        Demand(repeated == balance, $"The balance was {balance}, and {repeated} when the same deposit was repeated.");
        var next = await solve(second, 5);
        Demand(next == balance + 5, $"The balance was {balance}, and {next} after another deposit of 5: only the number tells two apart.");

        // It may answer with the balance of now, or with the answer that it has kept. Whether it counted, the next deposit tells.
        var later = await solve(first, 5);
        var last = await solve(Guid.NewGuid(), 5);
        Demand((later == next || later == balance) && last == next + 5,
            "A deposit may be repeated later too, when others have been made in between.");
    }

    private static async Task<(object Result, int Calls)> OutcomeAsync(
        Func<Func<Task<int>>, int, Task<int>> solve, int atMost, Func<int, Exception?> failure)
    {
        var calls = 0;
        try
        {
            return (await ResultOf(solve(CallAsync, atMost)), calls);
        }
        catch (Exception exception) when (exception is TimeoutException or InvalidOperationException)
        {
            return (exception, calls);
        }

        async Task<int> CallAsync()
        {
            await Task.Yield();
            return failure(++calls) is { } exception ? throw exception : 42;
        }
    }
}
