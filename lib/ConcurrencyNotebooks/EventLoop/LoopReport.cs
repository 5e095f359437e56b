namespace ConcurrencyNotebooks;

/// <summary>What happened in one run of an <see cref="EventLoop"/>.</summary>
/// <param name="Elapsed">The time from the first step of the work to its end.</param>
/// <param name="Callbacks">The number of steps: each goes from one await that had to wait to the next.</param>
/// <param name="LongestFreeze">The time of the longest step. As long as it ran, nothing else on the loop did.</param>
/// <example>
/// <code>
/// LoopReport report = EventLoop.Run(() => Task.Delay(100));
/// Console.WriteLine($"{report.Callbacks} steps in {report.Elapsed}, the longest {report.LongestFreeze}");
/// </code>
/// </example>
public sealed record LoopReport(TimeSpan Elapsed, int Callbacks, TimeSpan LongestFreeze);
