namespace ConcurrencyNotebooks;

/// <summary>What an <see cref="EventLoop"/> did.</summary>
/// <param name="Elapsed">From the first step of the work to its end.</param>
/// <param name="Callbacks">How many steps the loop ran: each goes from one await that had to wait to the next.</param>
/// <param name="LongestFreeze">The longest step. As long as it ran, nothing else on the loop did.</param>
/// <param name="FrozenAt">When that step began, counted from the start.</param>
/// <param name="Busy">How long steps ran altogether; the rest of the time the loop had nothing to do.</param>
[TypeFormatterSource(typeof(OutputFormatterSource), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed record LoopReport(TimeSpan Elapsed, int Callbacks, TimeSpan LongestFreeze, TimeSpan FrozenAt, TimeSpan Busy) : IRichOutput
{
    /// <summary>The report in a sentence, as HTML.</summary>
    public string ToHtml() => $"<p>{Canvas.Escape(ToString())}</p>";

    /// <summary>The report in a sentence.</summary>
    public override string ToString() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{Callbacks:N0} callbacks in {In(Elapsed)}, busy for {In(Busy)}; longest freeze {In(LongestFreeze)}, at {In(FrozenAt)}");

    private static string In(TimeSpan time) => Quantity.Format(time.TotalSeconds, "s");
}
