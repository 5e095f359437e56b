using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ConcurrencyNotebooks;

/// <summary>Writes claims into a cell's output and reads them out of it, to show them elsewhere.</summary>
internal static class ClaimReader
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { ChartForm.LeaveOutEmptyText } },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>The claims as a JSON array.</summary>
    public static string Write(IEnumerable<Claim> claims) => JsonSerializer.Serialize(claims, Json);

    /// <summary>Reads the claims of an output.</summary>
    /// <param name="data">The forms of the output by mime type, as a notebook keeps them.</param>
    /// <returns>The claims in their order, and how many could not be read: they are damaged, or of another version.</returns>
    public static (IReadOnlyList<Claim> Claims, int Unread) Read(JsonNode? data)
    {
        if ((data as JsonObject)?.TryGetPropertyValue(Claim.MimeType, out var content) != true) return ([], 0);

        // JSON, or JSON as text, which some hosts make of it.
        if (TextOf(content) is { } text) content = Parse(text);
        IEnumerable<JsonNode?> items = content as JsonArray ?? Enumerable.Repeat(content, 1);
        var read = items.Select(ReadOne).ToList();
        return ([.. read.OfType<Claim>()], read.Count(claim => claim is null));
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null; // Counted as one that cannot be read: where the others are shown, it is said that one is missing.
        }
    }

    private static Claim? ReadOne(JsonNode? node)
    {
        try
        {
            return node is JsonObject ? node.Deserialize<Claim>(Json) : null;
        }
        catch (JsonException)
        {
            return null; // Counted, as above.
        }
    }

    // A notebook keeps text as a string or as a list of lines.
    private static string? TextOf(JsonNode? content) => content switch
    {
        JsonValue value when value.TryGetValue(out string? text) => text,
        JsonArray { Count: > 0 } lines when lines.All(line => line is JsonValue value && value.TryGetValue(out string? _)) =>
            string.Concat(lines.Select(line => line!.GetValue<string>())),
        _ => null,
    };
}
