using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Claim = ConcurrencyNotebooks.Claim;

namespace Workshop.Handouts;

/// <summary>
/// What the index says about a page. It is written into the page itself, so that the index can be made from the pages
/// that are there, whichever of them were written in this run.
/// </summary>
internal sealed partial record HandoutSummary(
    string Page,
    string Title,
    string Language,
    string Topic,
    string Lead,
    DateTimeOffset? RanAt,
    double? Seconds,
    bool Stopped,
    string? Machine,
    IReadOnlyList<Claim> Claims)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter() },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>The element that carries it in a page's head.</summary>
    public string ToMeta() => $"<meta name=\"handout\" content=\"{Html.Text(JsonSerializer.Serialize(this, Json))}\">";

    /// <summary>Reads it from a page; null when the file is no page of ours.</summary>
    public static HandoutSummary? FromPage(string html)
    {
        var meta = Meta().Match(html);
        if (!meta.Success) return null;
        try
        {
            return JsonSerializer.Deserialize<HandoutSummary>(WebUtility.HtmlDecode(meta.Groups["json"].Value), Json);
        }
        catch (JsonException)
        {
            return null; // Written by another version: the index leaves it out until it is written again.
        }
    }

    [GeneratedRegex("<meta name=\"handout\" content=\"(?<json>[^\"]*)\">")]
    private static partial Regex Meta();
}
