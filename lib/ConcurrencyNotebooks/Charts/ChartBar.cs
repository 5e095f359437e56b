using System.Text.Json.Serialization;

namespace ConcurrencyNotebooks;

/// <summary>One row of a bar chart: a bar, or a dot on a logarithmic axis.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Value">Where it ends.</param>
/// <param name="Low">Where an interval around the value begins.</param>
/// <param name="High">Where that interval ends.</param>
/// <param name="Model">The model that it shows, which gives it its colour.</param>
/// <param name="Runs">Every single measurement, in the order in which they were made; each is a dot below the bar.</param>
/// <param name="Guess">What a learner expected: a hollow diamond.</param>
/// <param name="Note">What else its row of the table says.</param>
/// <example>
/// <code>
/// // Every run a dot, an interval, and a guess.
/// ChartSpec.Bars("Waits", [new("threads", 0.101, 0.1, 0.13, Threads, Runs: [0.1, 0.13, 0.101], Guess: 0.2)], new ChartAxis("time", "s"))
/// </code>
/// </example>
public sealed record ChartBar(
    string Label,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double Value,
    double? Low = null, double? High = null, ConcurrencyModel? Model = null,
    IReadOnlyList<double>? Runs = null, double? Guess = null, string Note = "")
{
    internal IEnumerable<double> All => [Value, Low ?? Value, High ?? Value, Guess ?? Value, .. Runs ?? []];
}
