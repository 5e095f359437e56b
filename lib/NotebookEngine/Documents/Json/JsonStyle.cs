using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookEngine;

/// <summary>How a file spells its JSON, so that what is added looks like the rest.</summary>
/// <param name="Indent">White space per level; null writes everything on one line.</param>
/// <param name="NewLine">The line end.</param>
/// <param name="Colon">Between a key and its value.</param>
/// <param name="Comma">Between items on one line.</param>
/// <param name="AsciiOnly">Whether characters beyond ASCII are escaped.</param>
internal sealed record JsonStyle(string? Indent, string NewLine, string Colon, string Comma, bool AsciiOnly)
{
    /// <summary>One line without spaces.</summary>
    public static JsonStyle Compact { get; } = new(null, "\n", ":", ",", AsciiOnly: false);

    /// <summary>What Jupyter writes.</summary>
    public static JsonStyle Jupyter { get; } = new(" ", "\n", ": ", ", ", AsciiOnly: false);

    /// <summary>The style of an object's text, from its first members.</summary>
    public static JsonStyle Of(JsonSyntax root)
    {
        var text = root.Text;
        var newLine = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        if (root.Members.Count == 0) return Jupyter with { NewLine = newLine };

        var first = root.Members[0];
        var lead = text[(root.Start + 1)..first.Start];
        var keyAndColon = text.AsSpan(first.Start, first.Value.Start - first.Start);
        return new JsonStyle(
            Indent: lead.Contains('\n', StringComparison.Ordinal) ? lead[(lead.LastIndexOf('\n') + 1)..] : null,
            NewLine: newLine,
            Colon: keyAndColon.EndsWith(":") ? ":" : ": ",
            Comma: text.Contains("\", \"", StringComparison.Ordinal) || keyAndColon.EndsWith(": ") ? ", " : ",",
            AsciiOnly: Ascii.IsValid(text.AsSpan().TrimStart('\uFEFF')) && EscapesBeyondAscii(text));
    }

    /// <summary>A node as text; <paramref name="indent"/> is the white space before the line on which it starts.</summary>
    public string Format(JsonNode? node, string indent)
    {
        var text = new StringBuilder();
        Write(text, node, indent);
        return text.ToString();
    }

    /// <summary>A string as a JSON literal.</summary>
    public string Quote(string value)
    {
        var text = new StringBuilder(value.Length + 2);
        Write(text, value);
        return text.ToString();
    }

    private void Write(StringBuilder text, JsonNode? node, string indent)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject json:
                WriteAll(text, '{', json, '}', indent, (member, inner) =>
                {
                    Write(text, member.Key);
                    text.Append(Colon);
                    Write(text, member.Value, inner);
                });
                break;
            case JsonArray array:
                WriteAll(text, '[', array, ']', indent, (item, inner) => Write(text, item, inner));
                break;
            default:
                // A string goes through our own writer: the framework's replaces unpaired surrogates.
                if (node.GetValueKind() == JsonValueKind.String && ((JsonValue)node).TryGetValue(out string? value)) Write(text, value);
                else text.Append(node.ToJsonString());
                break;
        }
    }

    private void WriteAll<T>(StringBuilder text, char open, IEnumerable<T> items, char close, string indent, Action<T, string> write)
    {
        text.Append(open);
        var inner = indent + Indent;
        var any = false;
        foreach (var item in items)
        {
            if (any) text.Append(Indent is null ? Comma : ",");
            if (Indent is not null) text.Append(NewLine).Append(inner);
            write(item, inner);
            any = true;
        }

        if (any && Indent is not null) text.Append(NewLine).Append(indent);
        text.Append(close);
    }

    private void Write(StringBuilder text, string value)
    {
        text.Append('"');
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            switch (c)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                case '\b': text.Append("\\b"); break;
                case '\f': text.Append("\\f"); break;
                default:
                    if (c < ' ' || (AsciiOnly && c > '~') || (char.IsSurrogate(c) && !IsPaired(value, i)))
                        text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                    else text.Append(c);
                    break;
            }
        }

        text.Append('"');
    }

    /// <summary>Half a pair has no form in UTF-8, so it can only be written as an escape.</summary>
    private static bool IsPaired(string value, int i) =>
        char.IsHighSurrogate(value[i])
            ? i + 1 < value.Length && char.IsLowSurrogate(value[i + 1])
            : i > 0 && char.IsHighSurrogate(value[i - 1]);

    private static bool EscapesBeyondAscii(string text)
    {
        for (var i = text.IndexOf('\\', StringComparison.Ordinal); i >= 0 && i + 5 < text.Length; i = text.IndexOf('\\', i + 2))
        {
            if (text[i + 1] == 'u' && (text[i + 2] != '0' || text[i + 3] != '0' || text[i + 4] >= '8')) return true;
        }

        return false;
    }
}
