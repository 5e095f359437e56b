namespace ConcurrencyNotebooks;

/// <summary>What an axis shows.</summary>
/// <param name="Title">What the numbers are.</param>
/// <param name="Unit">
/// Their unit: <c>s</c> and <c>B</c> are shown as ns, µs, ms, s and as B, kB, MB, GB, whichever suits the values;
/// any other is written behind the number as it is.
/// </param>
/// <param name="Logarithmic">Whether equal distances are equal factors. Zero and negative numbers have no place on such an axis; the chart says so.</param>
public sealed record Axis(string Title = "", string Unit = "", bool Logarithmic = false);
