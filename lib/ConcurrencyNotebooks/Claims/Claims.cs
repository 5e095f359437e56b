namespace ConcurrencyNotebooks;

/// <summary>
/// Holds statements against what was counted or measured once. (What compares times belongs to a <see cref="Comparison"/>.) A claim that
/// does not hold is a result like any other and never throws; only a claim that nothing could satisfy is an error in the cell.
/// </summary>
/// <example>
/// <code>
/// Claims.All(
///     Claims.Exactly("There are 168 primes below 1,000", Primes.Count(1, 1_000), 168, unit: "primes"),
///     Claims.Check("There is a core for each of two threads", Machine.Cores, atLeast: 2, unit: "cores"),
///     Claims.Holds("997 is a prime", Primes.IsPrime(997)),
///     Claims.NeverHappens("A sum of squares is 0", runs: 20, () => Cpu.SumOfSquares(1_000) == 0))
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
    /// <exception cref="ArgumentException">There is no bound, or no number satisfies both.</exception>
    public static Claim Check(string statement, double measured, double? atLeast = null, double? atMost = null, string unit = "")
    {
        var bound = BoundsOf(statement, atLeast, atMost, unit);
        return Judge(statement, measured, unit, bound, measured >= (atLeast ?? measured) && measured <= (atMost ?? measured));
    }

    /// <summary>Claims that a number is exactly another: for counts.</summary>
    /// <param name="statement">The claim, in a sentence that can stand alone.</param>
    /// <param name="measured">The number.</param>
    /// <param name="expected">The number that it should be.</param>
    /// <param name="unit">The unit of both, as in <see cref="ChartAxis.Unit"/>.</param>
    /// <exception cref="ArgumentException">The expectation is not a number.</exception>
    public static Claim Exactly(string statement, double measured, double expected, string unit = "")
    {
        if (double.IsNaN(expected))
            throw new ArgumentException($"The claim '{statement}' expects something that is not a number.", nameof(expected));
        return Judge(statement, measured, unit, $"exactly {Exact(expected, unit)}", measured == expected);
    }

    /// <summary>Claims that something is so, which was found out by other means than a number.</summary>
    /// <param name="statement">The claim, in a sentence that can stand alone.</param>
    /// <param name="holds">Whether it is so.</param>
    public static Claim Holds(string statement, bool holds) =>
        new(statement, "", "", holds ? Verdict.Holds : Verdict.Fails, "", Machine.Description);

    /// <summary>
    /// Claims that an event happens, such as a lost update, and counts in how many runs it does. One run is enough; where it happened
    /// in none, the claim is not decided, since it may happen in the next.
    /// </summary>
    /// <param name="statement">The claim, in a sentence that can stand alone.</param>
    /// <param name="runs">The number of tries, at least 1. With <c>CONCURRENCY_NOTEBOOKS_QUICK=1</c> in the environment, once.</param>
    /// <param name="happened">Runs the experiment once and returns whether the event happened.</param>
    public static Claim Happens(string statement, int runs, Func<bool> happened) =>
        Happens(statement, Outcomes(runs, happened));

    /// <summary>The same for runs that have been made already.</summary>
    /// <param name="statement">The claim, in a sentence that can stand alone.</param>
    /// <param name="runs">For each run, whether the event happened.</param>
    public static Claim Happens(string statement, IEnumerable<bool> runs) =>
        Count(statement, runs, "in at least 1 run", times => times > 0 ? Verdict.Holds : Verdict.Undecided);

    /// <summary>Claims that an event never happens, and counts in how many runs it did: a single one refutes the claim.</summary>
    /// <inheritdoc cref="Happens(string, int, Func{bool})" path="/param"/>
    public static Claim NeverHappens(string statement, int runs, Func<bool> happened) =>
        Count(statement, Outcomes(runs, happened), "in no run", times => times == 0 ? Verdict.Holds : Verdict.Fails);

    /// <summary>Several claims as the last value of one cell.</summary>
    /// <param name="claims">The claims, in the order in which they are to be shown.</param>
    public static ClaimList All(params IEnumerable<Claim> claims) => new(claims);

    /// <summary>Bounds in words.</summary>
    /// <exception cref="ArgumentException">There is no bound, or no number satisfies both.</exception>
    internal static string BoundsOf(string statement, double? atLeast, double? atMost, string unit)
    {
        var (low, high) = (Exact(atLeast ?? 0, unit), Exact(atMost ?? 0, unit));
        var mistake = atLeast is null && atMost is null ? $"The claim '{statement}' has no bound; give atLeast:, atMost: or both."
            : atLeast is double.NaN || atMost is double.NaN
                ? $"A bound of the claim '{statement}' is not a number; nothing could satisfy it."
            : atLeast > atMost
                ? $"Nothing is at least {low} and at most {high}, as the claim '{statement}' demands; swap the bounds."
            : null;
        if (mistake is not null) throw new ArgumentException(mistake, nameof(atLeast));
        return atMost is null ? $"at least {low}" : atLeast is null ? $"at most {high}" : $"from {low} to {high}";
    }

    private static string Exact(double value, string unit) => Quantity.Format(value, unit, digits: 15);

    private static IEnumerable<bool> Outcomes(int runs, Func<bool> happened)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 1);
        ArgumentNullException.ThrowIfNull(happened);
        return Enumerable.Range(0, QuickRun.IsAskedFor ? 1 : runs).Select(_ => happened());
    }

    private static Claim Count(string statement, IEnumerable<bool> runs, string bound, Func<int, Verdict> judge)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var outcomes = runs.ToList();
        ArgumentOutOfRangeException.ThrowIfLessThan(outcomes.Count, 1, nameof(runs));
        var times = outcomes.Count(happened => happened);
        var verdict = judge(times);
        var reason = verdict == Verdict.Undecided ? "it did not happen, and may happen in the next run" : "";
        return new(statement, $"in {times} of {outcomes.Count} runs", bound, verdict, reason, Machine.Description);
    }

    private static Claim Judge(string statement, double measured, string unit, string bound, bool holds)
    {
        // A number that just misses its bound must not be shown as equal to it.
        var shown = Quantity.Format(measured, unit);
        if ($"{bound} ".Contains($" {shown} ", StringComparison.Ordinal)) shown = Exact(measured, unit);
        return new(statement, shown, bound, holds ? Verdict.Holds : Verdict.Fails, "", Machine.Description);
    }
}
