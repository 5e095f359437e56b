using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace NotebookHost;

/// <summary>nbformat's multiline strings: one string, or an array of lines that each keep their line end.</summary>
internal static class MultilineText
{
    /// <summary>
    /// Splits where Python's <c>str.splitlines(True)</c> does, which is what Jupyter calls on saving, so that Jupyter
    /// does not rewrite the lines when it saves the same notebook.
    /// </summary>
    public static JsonArray Split(string text)
    {
        var lines = new JsonArray();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsLineEnd(text[i])) continue;
            if (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n') i++;
            lines.Add((JsonNode)text[start..(i + 1)]);
            start = i + 1;
        }

        if (start < text.Length) lines.Add((JsonNode)text[start..]);
        return lines;
    }

    /// <summary>The text of a string; null for anything else.</summary>
    public static string? AsText(this JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>The text of a string or of an array of strings; false for anything else.</summary>
    public static bool TryJoin(JsonNode? node, [NotNullWhen(true)] out string? text)
    {
        var lines = node is JsonArray array ? array.Select(AsText).ToList() : [node.AsText()];
        text = lines.Contains(null) ? null : string.Concat(lines);
        return text is not null;
    }

    private static bool IsLineEnd(char c) =>
        c is '\n' or '\r' or '\v' or '\f' or '\u001c' or '\u001d' or '\u001e' or '\u0085' or '\u2028' or '\u2029';
}
