namespace ConcurrencyNotebooks;

public static partial class Claims
{
    /// <summary>Claims how many times faster one measurement is than another: <see cref="Timings.Speedup"/> within bounds.</summary>
    /// <param name="statement">The claim in words.</param>
    /// <param name="timings">Where both were measured.</param>
    /// <param name="name">Which of them is the faster one.</param>
    /// <param name="over">Which of them it is compared with.</param>
    /// <param name="atLeast">The smallest speed-up with which the claim holds.</param>
    /// <param name="atMost">The largest speed-up with which it holds.</param>
    /// <param name="needsCores">The cores without which the claim is not expected to hold: with fewer it is skipped. So is any claim that fails about works that were measured in turns with too few.</param>
    /// <exception cref="ArgumentException">There is no bound, or no number satisfies both.</exception>
    /// <exception cref="KeyNotFoundException">One of the two was not measured.</exception>
    public static Claim Faster(
        string statement, Timings timings, string name, string over, double? atLeast = null, double? atMost = null, int needsCores = 1)
    {
        ArgumentNullException.ThrowIfNull(timings);
        var claim = Check(statement, timings.Speedup(name, over), atLeast, atMost, "times faster", needsCores);
        return WithCores(claim, timings.ShortTurnsOf(name, over));
    }

    /// <summary>Claims that two measurements took about the same time.</summary>
    /// <param name="statement">The claim in words.</param>
    /// <param name="timings">Where both were measured.</param>
    /// <param name="name">One of them.</param>
    /// <param name="over">The other one.</param>
    /// <param name="withinFactor">How far their ratio may be off 1, as a factor of at least 1.</param>
    /// <param name="needsCores">The cores without which the claim is not expected to hold: with fewer it is skipped. So is any claim that fails about works that were measured in turns with too few.</param>
    /// <exception cref="ArgumentException">The factor is below 1.</exception>
    /// <exception cref="KeyNotFoundException">One of the two was not measured.</exception>
    public static Claim AsFast(
        string statement, Timings timings, string name, string over, double withinFactor, int needsCores = 1)
    {
        ArgumentNullException.ThrowIfNull(timings);
        var claim = About(statement, timings.Speedup(name, over), 1, withinFactor, "times faster", needsCores);
        return WithCores(claim, timings.ShortTurnsOf(name, over));
    }

    // Whatever it claims: where one had other cores than the other, they are not comparable.
    private static Claim WithCores(Claim claim, CoreWatch? turns) =>
        claim.Verdict != Verdict.Fails || turns is null
            ? claim
            : claim with
            {
                Verdict = Verdict.Skipped,
                Reason = $"it was measured for {turns.Needed} cores, and the machine gave {Quantity.Format(turns.AtHand, "")} meanwhile",
            };
}
