namespace ConcurrencyNotebooks;

/// <summary>Guesses beside what was measured.</summary>
/// <example>
/// <code>
/// var naps = new Comparison("A nap of 0.1 s");
/// naps.Guess("one nap", 0.2);
/// naps.Add("one nap", Sequential, () => Thread.Sleep(100));
/// await naps.MeasureAsync();
/// Calibration.Of(naps)
/// </code>
/// </example>
public static class Calibration
{
    internal const string Title = "Guessed and measured";

    /// <summary>A chart of every guess that was made in some comparisons, and how many were right within a factor of two.</summary>
    /// <param name="comparisons">The comparisons, measured.</param>
    public static ChartSpec Of(params IEnumerable<Comparison> comparisons)
    {
        var guesses = comparisons
            .SelectMany(comparison => comparison.Guesses.Select(guess => (comparison.Title, guess.Work, guess.Seconds))).ToList();
        var near = guesses.Count(guess => Math.Abs(Math.Log2(guess.Work.Median.TotalSeconds / guess.Seconds)) <= 1);
        var bars = guesses.Select(guess => new ChartBar(
            $"{guess.Title}: {guess.Work.Name}", guess.Work.Median.TotalSeconds, Model: guess.Work.Model, Guess: guess.Seconds));
        return ChartSpec.Bars(
            Title, bars, new ChartAxis("time", "s", Logarithmic: true),
            guesses.Count == 0 ? "No guess was made." : $"{near} of {guesses.Count} within a factor of two");
    }
}
