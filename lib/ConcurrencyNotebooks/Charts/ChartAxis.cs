namespace ConcurrencyNotebooks;

/// <summary>What an axis of a chart shows.</summary>
/// <param name="Title">What the numbers are.</param>
/// <param name="Unit">
/// Their unit: <c>s</c> and <c>B</c> are shown as ns, µs, ms, s and as B, kB, MB, GB, whichever suits the values;
/// any other is written behind the number as it is.
/// </param>
/// <param name="Logarithmic">Whether equal distances are equal factors. Zero and negative numbers have no place there; the chart says so.</param>
/// <param name="Categories">Names instead of numbers, for a horizontal axis: the first stands at 0, the next one at 1.</param>
/// <example>
/// <code>
/// new ChartAxis("time", "s", Logarithmic: true)
/// new ChartAxis("CPython", Categories: ["3.6", "3.13", "3.14t"])
/// </code>
/// </example>
public sealed record ChartAxis(string Title = "", string Unit = "", bool Logarithmic = false, IReadOnlyList<string>? Categories = null)
{
    internal string Named(string otherwise) => Title.Length > 0 ? Title : otherwise;
}
