namespace ConcurrencyNotebooks;

/// <summary>
/// Holds statements against what was counted or measured once. (What compares times belongs to a <see cref="Comparison"/>.) A claim that
/// does not hold is a result like any other and never throws; only a claim that nothing could satisfy is an error of whoever wrote it.
/// </summary>
/// <example>
/// <code>
/// Claims.All(
///     Claims.Exactly("Every page arrived", pages.Count, 30, unit: "pages"),
///     Claims.Check("No more than eight requests were in flight at once", peak, atMost: 8, unit: "requests"),
///     Claims.Holds("The pipeline stopped when it was cancelled", stopped),
///     Claims.Happens("Without a lock updates get lost", runs: 20, () => Counters.Plain(2, 1_000_000).Lost > 0))
/// </code>
/// </example>
public static class Claims
{
    /// <summary>Claims that a number lies within bounds, of which there must be one or two.</summary>
    /// <param name="statement">The claim, in a sentence that can stand alone.</param>
    /// <param name="measured">The number.</param>
    /// <param name="atLeast">The smallest number with which the claim holds.</param>
    /// <param name="atMost">The largest number with which the claim holds.</param>
    /// <param name="unit">The unit of all three, as in <see cref="ChartAxis.Unit"/>.</param>
    /// <param name="machine">The machine that measured it, if not this one: for recorded results.</param>
    /// <exception cref="ArgumentException">There is no bound, or no number satisfies both.</exception>
    public static Claim Check(
        string statement, double measured, double? atLeast = null, double? atMost = null, string unit = "", string? machine = null)
    {
        var bound = Bound.Of(statement, atLeast, atMost, unit);
        return Judge(statement, measured, unit, bound, measured >= (atLeast ?? measured) && measured <= (atMost ?? measured), machine);
    }

    /// <summary>Claims that a number is exactly another: for counts.</summary>
    /// <param name="statement">The claim, in a sentence that can stand alone.</param>
    /// <param name="measured">The number.</param>
    /// <param name="expected">What it should be.</param>
    /// <param name="unit">The unit of both, as in <see cref="ChartAxis.Unit"/>.</param>
    /// <param name="machine">The machine that measured it, if not this one: for recorded results.</param>
    /// <exception cref="ArgumentException">The expectation is not a number.</exception>
    public static Claim Exactly(string statement, double measured, double expected, string unit = "", string? machine = null)
    {
        if (double.IsNaN(expected))
            throw new ArgumentException($"The claim '{statement}' expects something that is not a number.", nameof(expected));
        return Judge(statement, measured, unit, $"exactly {Bound.Exact(expected, unit)}", measured == expected, machine);
    }

    /// <summary>Claims that something is so, which was found out by other means than a number.</summary>
    /// <param name="statement">The claim, in a sentence that can stand alone.</param>
    /// <param name="holds">Whether it is so.</param>
    public static Claim Holds(string statement, bool holds)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return new(statement, "", "", holds ? Verdict.Holds : Verdict.Fails, "", Machine.Description);
    }

    /// <summary>
    /// Claims that an event happens, such as a lost update, and counts in how many runs it does. One run is enough; where it happened
    /// in none, the claim is not decided, since it may happen in the next.
    /// </summary>
    /// <param name="statement">The claim, in a sentence that can stand alone.</param>
    /// <param name="runs">How often to try, at least 1. With <c>CONCURRENCY_NOTEBOOKS_QUICK=1</c> in the environment, once.</param>
    /// <param name="happened">Runs the experiment once and returns whether the event happened.</param>
    public static Claim Happens(string statement, int runs, Func<bool> happened) =>
        Count(statement, runs, happened, "in at least 1 run", times => times > 0 ? Verdict.Holds : Verdict.Undecided);

    /// <summary>The same for runs that have been made already.</summary>
    /// <param name="statement">The claim, in a sentence that can stand alone.</param>
    /// <param name="runs">For each run, whether the event happened.</param>
    public static Claim Happens(string statement, IEnumerable<bool> runs)
    {
        var outcomes = new Queue<bool>(runs);
        return Happens(statement, outcomes.Count, outcomes.Dequeue);
    }

    /// <summary>Claims that an event never happens, and counts in how many runs it did: a single one refutes the claim.</summary>
    /// <inheritdoc cref="Happens(string, int, Func{bool})" path="/param"/>
    public static Claim NeverHappens(string statement, int runs, Func<bool> happened) =>
        Count(statement, runs, happened, "in no run", times => times == 0 ? Verdict.Holds : Verdict.Fails);

    /// <summary>A claim that cannot be checked here, with the reason: a program that is not installed, for example.</summary>
    /// <param name="statement">The claim, in a sentence that can stand alone.</param>
    /// <param name="reason">Why it cannot be checked, in words that follow "not decided:".</param>
    public static Claim Undecided(string statement, string reason)
    {
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return new(statement, "", "", Verdict.Undecided, reason, Machine.Description);
    }

    /// <summary>Several claims as the last value of one cell.</summary>
    /// <param name="claims">The claims, in the order in which they are to be shown.</param>
    public static ClaimList All(params IEnumerable<Claim> claims)
    {
        ArgumentNullException.ThrowIfNull(claims);
        return new(claims);
    }

    private static Claim Count(string statement, int runs, Func<bool> happened, string bound, Func<int, Verdict> judge)
    {
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(happened);
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 1);
        runs = QuickRun.IsAskedFor ? 1 : runs;
        var times = Enumerable.Range(0, runs).Count(_ => happened());
        var verdict = judge(times);
        var reason = verdict == Verdict.Undecided ? "it did not happen, and may happen in the next run" : "";
        return new(statement, $"in {times} of {runs} runs", bound, verdict, reason, Machine.Description);
    }

    private static Claim Judge(string statement, double measured, string unit, string bound, bool holds, string? machine)
    {
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(unit);

        // A number that just misses its bound must not be shown as equal to it.
        var shown = Quantity.Format(measured, unit);
        if (bound.EndsWith(' ' + shown, StringComparison.Ordinal)) shown = Bound.Exact(measured, unit);
        return new(statement, shown, bound, holds ? Verdict.Holds : Verdict.Fails, "", machine ?? Machine.Description);
    }
}
