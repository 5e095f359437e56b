using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ConcurrencyNotebooks;

/// <summary>Writes claims into a cell's output and reads them out of it, to show them elsewhere.</summary>
internal static class ClaimReader
{
    private static readonly JsonSerializerOptions Json = new(ChartJson.Form)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { ChartJson.LeaveOutEmptyText } },
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };

    public static string Write(IEnumerable<Claim> claims) => JsonSerializer.Serialize(claims, Json);

    /// <summary>Reads the claims of an output.</summary>
    /// <param name="data">The forms of the output by mime type, as a notebook keeps them.</param>
    /// <returns>The claims in their order, and how many could not be read: they are damaged, or of another version.</returns>
    public static (IReadOnlyList<Claim> Claims, int Unread) Read(JsonNode? data)
    {
        if ((data as JsonObject)?.TryGetPropertyValue(Claim.MimeType, out var content) != true) return ([], 0);

        // Some hosts make text of it, and a notebook keeps text as a string or as a list of lines.
        var items = Items(content);
        if (items.Count > 0 && items.TrueForAll(item => item?.GetValueKind() == JsonValueKind.String))
            items = Items(Try(() => JsonNode.Parse(string.Concat(items))));
        var read = items.ConvertAll(item => Try(() => item is JsonObject ? item.Deserialize<Claim>(Json) : null));
        return ([.. read.OfType<Claim>()], read.Count(claim => claim is null));
    }

    private static List<JsonNode?> Items(JsonNode? content) => content is JsonArray array ? [.. array] : [content];

    // Null is counted as a claim that cannot be read: where the others are shown, it is said that one is missing.
    private static T? Try<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
