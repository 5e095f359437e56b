namespace ConcurrencyNotebooks;

/// <summary>
/// Holds statements against measurements. A claim that does not hold is a result like any other and never throws;
/// only a claim that nothing could satisfy is an error of whoever wrote it.
/// </summary>
public static partial class Claims
{
    /// <summary>Claims that a number lies within bounds, of which there must be one or two.</summary>
    /// <param name="statement">The claim in words.</param>
    /// <param name="measured">What was measured.</param>
    /// <param name="atLeast">The smallest number with which it holds.</param>
    /// <param name="atMost">The largest number with which it holds.</param>
    /// <param name="unit">The unit of all three, as in <see cref="Axis.Unit"/>.</param>
    /// <param name="needsCores">The cores without which the claim is not expected to hold: with fewer it is skipped.</param>
    /// <param name="machine">What it was measured on, if not on this machine: for recorded results.</param>
    /// <exception cref="ArgumentException">There is no bound, or no number satisfies both.</exception>
    public static Claim Check(
        string statement, double measured, double? atLeast = null, double? atMost = null, string unit = "", int needsCores = 1, string? machine = null)
    {
        if (atLeast is null && atMost is null)
            throw new ArgumentException($"The claim '{statement}' has no bound; give atLeast:, atMost: or both.", nameof(atLeast));
        if (double.IsNaN(atLeast ?? 0) || double.IsNaN(atMost ?? 0))
            throw new ArgumentException($"A bound of the claim '{statement}' is not a number, so nothing could satisfy it.", nameof(atLeast));
        if (atLeast > atMost)
            throw new ArgumentException($"Nothing is at least {Exact(atLeast.Value, unit)} and at most {Exact(atMost.Value, unit)}, as the claim '{statement}' demands; swap the bounds.", nameof(atLeast));

        var bound = (atLeast, atMost) switch
        {
            ({ } low, null) => $"at least {Exact(low, unit)}",
            (null, { } high) => $"at most {Exact(high, unit)}",
            _ => $"from {Exact(atLeast ?? 0, unit)} to {Exact(atMost ?? 0, unit)}",
        };
        var holds = !(measured < atLeast) && !(measured > atMost);
        return Judge(statement, measured, unit, bound, holds, needsCores, machine);
    }

    /// <summary>Claims that a number is about another: at most so many times as large, and at most so many times as small.</summary>
    /// <param name="statement">The claim in words.</param>
    /// <param name="measured">What was measured.</param>
    /// <param name="expected">What it should be about; positive.</param>
    /// <param name="withinFactor">How far it may be off, as a factor of at least 1.</param>
    /// <param name="unit">The unit, as in <see cref="Axis.Unit"/>.</param>
    /// <param name="needsCores">The cores without which the claim is not expected to hold: with fewer it is skipped.</param>
    /// <param name="machine">What it was measured on, if not on this machine: for recorded results.</param>
    /// <exception cref="ArgumentException">The expectation is not positive, or the factor is below 1.</exception>
    public static Claim About(
        string statement, double measured, double expected, double withinFactor, string unit = "", int needsCores = 1, string? machine = null)
    {
        if (!(expected > 0) || double.IsInfinity(expected))
            throw new ArgumentException($"The claim '{statement}' expects about {Exact(expected, unit)}; a factor needs a positive number. Use Check for others.", nameof(expected));
        if (!(withinFactor >= 1) || double.IsInfinity(withinFactor))
            throw new ArgumentException($"The claim '{statement}' allows a factor of {Exact(withinFactor, "")}; give 1 or more, such as 1.5.", nameof(withinFactor));

        var bound = $"about {Exact(expected, unit)}, within a factor of {Exact(withinFactor, "")}";
        var holds = measured >= expected / withinFactor && measured <= expected * withinFactor;
        return Judge(statement, measured, unit, bound, holds, needsCores, machine);
    }

    /// <summary>Claims that a number is exactly another: for counts.</summary>
    /// <inheritdoc cref="About" path="/param"/>
    /// <exception cref="ArgumentException">The expectation is not a number.</exception>
    public static Claim Exactly(
        string statement, double measured, double expected, string unit = "", int needsCores = 1, string? machine = null)
    {
        if (double.IsNaN(expected))
            throw new ArgumentException($"The claim '{statement}' expects something that is not a number, so nothing could satisfy it.", nameof(expected));
        return Judge(statement, measured, unit, $"exactly {Exact(expected, unit)}", measured == expected, needsCores, machine);
    }

    /// <summary>A claim that cannot be checked here, with the reason: a program that is not installed, for example.</summary>
    public static Claim Skip(string statement, string reason)
    {
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return new(statement, double.NaN, "", "", Verdict.Skipped, reason, Machine.Description);
    }

    /// <summary>Several claims as the last value of one cell.</summary>
    public static ClaimList All(params IEnumerable<Claim> claims)
    {
        ArgumentNullException.ThrowIfNull(claims);
        return new(claims);
    }

    /// <summary>The measured number, with as many digits as it takes to tell it from its bound.</summary>
    internal static string Show(double measured, string unit, string bound)
    {
        var shown = Quantity.Format(measured, unit);
        return bound.EndsWith(' ' + shown, StringComparison.Ordinal) ? Exact(measured, unit) : shown;
    }

    private static string Exact(double value, string unit) => Quantity.Format(value, unit, digits: 15);

    private static Claim Judge(string statement, double measured, string unit, string bound, bool holds, int needsCores, string? machine)
    {
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(unit);
        var (verdict, reason) = (holds, double.IsNaN(measured), machine is null && Machine.Cores < needsCores) switch
        {
            (_, _, true) => (Verdict.Skipped, $"it needs {needsCores} cores, and this process has {Machine.Cores}"),
            (_, true, _) => (Verdict.Fails, "the measurement is not a number"),
            (true, _, _) => (Verdict.Holds, ""),
            _ => (Verdict.Fails, $"{Show(measured, unit, bound)} is not {bound}"),
        };
        return new(statement, measured, unit, bound, verdict, reason, machine ?? Machine.Description);
    }
}
