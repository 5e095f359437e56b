using System.Text.Json.Nodes;

namespace NotebookEngine;

/// <summary>One output of a code cell. Equal outputs would be saved as equal JSON.</summary>
public abstract record CellOutput
{
    /// <summary>The output as nbformat 4 stores it; also what this engine sends between processes.</summary>
    public abstract JsonObject ToJsonObject();

    /// <summary>
    /// Reads an output as nbformat 4 stores it. Never fails: what is not understood becomes an
    /// <see cref="UnknownOutput"/>.
    /// </summary>
    public static CellOutput FromJsonObject(JsonObject json)
    {
        ArgumentNullException.ThrowIfNull(json);
        CellOutput? output = Text(json["output_type"]) switch
        {
            "stream" when MultilineText.TryJoin(json["text"], out var text) =>
                new StreamOutput(Text(json["name"]) == "stderr" ? StreamName.Stderr : StreamName.Stdout, text),
            "display_data" when json["data"] is JsonObject data =>
                new DisplayOutput(MimeBundle.FromJsonObject(data, json["metadata"] as JsonObject)),
            "execute_result" when json["data"] is JsonObject data =>
                new ResultOutput(
                    MimeBundle.FromJsonObject(data, json["metadata"] as JsonObject), Whole(json["execution_count"])),
            "error" when json["traceback"] is null or JsonArray =>
                new ErrorOutput(
                    Text(json["ename"]) ?? "",
                    Text(json["evalue"]) ?? "",
                    [.. (json["traceback"] as JsonArray ?? []).Select(line => Text(line) ?? "")]),
            _ => null,
        };
        return output ?? new UnknownOutput(JsonStyle.Compact.Format(json, indent: ""));
    }

    /// <summary>The whole number that a node holds, or null.</summary>
    internal static int? Whole(JsonNode? node) =>
        node is JsonValue value
            ? value.TryGetValue(out int number) ? number
            : value.TryGetValue(out double real) && real == Math.Floor(real) && Math.Abs(real) < int.MaxValue ? (int)real
            : null
            : null;

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
