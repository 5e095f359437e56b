using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using NotebookHost;

namespace Workshop.Running;

/// <summary>
/// Finds claims in what a cell put out: a claim's HTML carries its facts as JSON in a <c>data-claim</c> attribute, so
/// that they survive every host and every saved notebook.
/// </summary>
internal static partial class ClaimReader
{
    /// <summary>The claims in a cell's outputs, in order.</summary>
    public static IReadOnlyList<Claim> Read(IEnumerable<CellOutput> outputs) =>
        [.. outputs.SelectMany(output => Read(output.Form("text/html")))];

    /// <summary>The claims in a piece of HTML, in order.</summary>
    public static IEnumerable<Claim> Read(string? html) =>
        html is null ? [] : Attribute().Matches(html).Select(match => Parse(match.Groups["json"].Value)).OfType<Claim>();

    private static Claim? Parse(string encoded)
    {
        try
        {
            using var json = JsonDocument.Parse(WebUtility.HtmlDecode(encoded));
            var root = json.RootElement;
            return new Claim(
                Text(root, "statement") ?? "(a claim without a statement)",
                Number(root, "measured"),
                Text(root, "unit"),
                Text(root, "bound"),
                Text(root, "verdict") switch { "holds" => Verdict.Holds, "skipped" => Verdict.Skipped, _ => Verdict.Fails },
                Text(root, "reason"),
                Text(root, "machine"));
        }
        catch (JsonException)
        {
            return null; // Some other program's attribute of that name: not a claim of ours.
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static double? Number(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            ? value.GetDouble()
            : null;

    [GeneratedRegex("""\sdata-claim\s*=\s*(?<quote>["'])(?<json>.*?)\k<quote>""", RegexOptions.Singleline)]
    private static partial Regex Attribute();
}
