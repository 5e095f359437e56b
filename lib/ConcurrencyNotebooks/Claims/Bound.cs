namespace ConcurrencyNotebooks;

/// <summary>The bounds of a claim in words.</summary>
internal static class Bound
{
    /// <exception cref="ArgumentException">There is no bound, or no number satisfies both.</exception>
    public static string Of(string statement, double? atLeast, double? atMost, string unit)
    {
        ArgumentNullException.ThrowIfNull(statement);
        if (atLeast is null && atMost is null)
            throw new ArgumentException($"The claim '{statement}' has no bound; give atLeast:, atMost: or both.", nameof(atLeast));
        if (double.IsNaN(atLeast ?? 0) || double.IsNaN(atMost ?? 0))
            throw new ArgumentException($"A bound of the claim '{statement}' is not a number; nothing could satisfy it.", nameof(atLeast));
        if (atLeast > atMost)
        {
            throw new ArgumentException(
                $"Nothing is at least {Exact(atLeast.Value, unit)} and at most {Exact(atMost.Value, unit)}, as the claim '{statement}' "
                + "demands; swap the bounds.",
                nameof(atLeast));
        }

        return (atLeast, atMost) switch
        {
            ({ } low, null) => $"at least {Exact(low, unit)}",
            (null, { } high) => $"at most {Exact(high, unit)}",
            _ => $"from {Exact(atLeast ?? 0, unit)} to {Exact(atMost ?? 0, unit)}",
        };
    }

    public static string Exact(double value, string unit) => Quantity.Format(value, unit, digits: 15);
}
