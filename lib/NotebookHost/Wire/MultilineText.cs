namespace NotebookHost;

/// <summary>nbformat's multiline strings: one string, or an array of lines that each keep their line end.</summary>
internal static partial class MultilineText
{
    /// <summary>
    /// Splits where Python's <c>str.splitlines(True)</c> does, which is what Jupyter calls on saving, so that Jupyter
    /// does not rewrite the lines when it saves the same notebook.
    /// </summary>
    public static JsonArray Split(string text) => [.. Line().Matches(text).Select(line => (JsonNode)line.Value)];

    /// <summary>The text of a string or of an array of strings; null for anything else.</summary>
    public static string? Join(JsonNode? node)
    {
        if (node is not JsonArray array) return node.AsText();
        var lines = array.Select(AsText).ToList();
        return lines.Contains(null) ? null : string.Concat(lines);
    }

    /// <summary>The text of a string; null for anything else.</summary>
    public static string? AsText(this JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    // All up to a line end, and what stands behind the last one.
    [GeneratedRegex(@"[^\n\r\v\f\x1c-\x1e\u0085\u2028\u2029]*(?:\r\n|[\n\r\v\f\x1c-\x1e\u0085\u2028\u2029])|.+\z", RegexOptions.Singleline)]
    private static partial Regex Line();
}
