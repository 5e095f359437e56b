using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookEngine;

/// <summary>
/// Writes changed JSON with the text of what did not change: white space, order, and spelling of the original stay,
/// and only the lines that say something new differ.
/// </summary>
internal sealed class JsonSplice(JsonStyle style)
{
    /// <summary>How to write one value, given the original value (null when there was none) and its line's indentation.</summary>
    public delegate string Rewrite(JsonSyntax? original, string indent);

    /// <summary>A value that says what <paramref name="node"/> says, copied from the original wherever that says it already.</summary>
    public string Merge(JsonSyntax? original, JsonNode? node, string indent)
    {
        if (original is null) return style.Format(node, indent);
        if (original.Says(node)) return original.Raw.ToString();
        return (original.Kind, node) switch
        {
            (JsonValueKind.Object, JsonObject json) => MergeObject(original, json, indent),
            (JsonValueKind.Array, JsonArray { Count: > 0 } array) => WriteItems(
                original,
                [.. array.Select((item, i) =>
                    new Item(i < original.Members.Count ? i : null, "", (value, inner) => Merge(value, item, inner)))],
                indent),
            _ => style.Format(node, indent),
        };
    }

    /// <summary>An object with some members rewritten or added; the others are copied.</summary>
    public string Update(JsonSyntax original, IReadOnlyDictionary<string, Rewrite> changes, string indent)
    {
        var items = new List<Item>();
        for (var i = 0; i < original.Members.Count; i++)
        {
            var name = original.Members[i].Name;
            var isLast = original.Members.FindLastIndex(member => member.Name == name) == i;
            items.Add(new Item(i, name, isLast ? changes.GetValueOrDefault(name) : null));
        }

        foreach (var (name, rewrite) in changes)
        {
            if (original[name] is null) Insert(items, new Item(null, name, rewrite));
        }

        return WriteItems(original, items, indent);
    }

    /// <summary>An array with these items, each an original's index or null for a new one.</summary>
    public string Rearrange(JsonSyntax original, IEnumerable<(int? Index, Rewrite Write)> items, string indent) =>
        WriteItems(original, [.. items.Select(item => new Item(item.Index, "", item.Write))], indent);

    private string MergeObject(JsonSyntax original, JsonObject json, string indent)
    {
        var items = new List<Item>();
        for (var i = 0; i < original.Members.Count; i++)
        {
            var name = original.Members[i].Name;
            if (!json.TryGetPropertyValue(name, out var node)) continue;
            var isLast = original.Members.FindLastIndex(member => member.Name == name) == i;
            items.Add(new Item(i, name, isLast ? (value, inner) => Merge(value, node, inner) : null));
        }

        foreach (var (name, node) in json)
        {
            if (original[name] is null) Insert(items, new Item(null, name, (_, inner) => style.Format(node, inner)));
        }

        return items.Count == 0 ? "{}" : WriteItems(original, items, indent);
    }

    /// <summary>Keeps sorted keys sorted (Jupyter sorts them); otherwise what is new comes last.</summary>
    private static void Insert(List<Item> items, Item item)
    {
        var names = items.Select(i => i.Name).ToList();
        var sorted = names.SequenceEqual(names.Order(StringComparer.Ordinal));
        var index = sorted ? names.FindIndex(name => string.CompareOrdinal(name, item.Name) > 0) : -1;
        items.Insert(index < 0 ? items.Count : index, item);
    }

    private string WriteItems(JsonSyntax original, List<Item> items, string indent)
    {
        var isObject = original.Kind == JsonValueKind.Object;
        var text = new StringBuilder().Append(isObject ? '{' : '[');
        var (lead, between, tail) = WhiteSpaceOf(original, indent);
        for (var i = 0; i < items.Count; i++)
        {
            var item = items[i];
            var member = item.Index is { } index ? original.Members[index] : null;
            var separator = i == 0 ? lead
                : item.Index > 0 ? original.Text[original.Members[item.Index.Value - 1].Value.End..member!.Start]
                : "," + between;
            text.Append(separator);
            if (isObject)
                text.Append(member is null ? style.Quote(item.Name) + style.Colon : original.Text[member.Start..member.Value.Start]);

            // Without a change the original is copied; a new value is written at its line's indentation.
            var inner = separator.Contains('\n', StringComparison.Ordinal) ? separator[(separator.LastIndexOf('\n') + 1)..] : indent;
            if (item.Rewrite is { } rewrite) text.Append(rewrite(member?.Value, inner));
            else text.Append(member!.Value.Raw);
        }

        return text.Append(items.Count == 0 ? "" : tail).Append(isObject ? '}' : ']').ToString();
    }

    /// <summary>The white space after the opening bracket, after each comma, and before the closing bracket.</summary>
    private (string Lead, string Between, string Tail) WhiteSpaceOf(JsonSyntax original, string indent)
    {
        if (original.Members.Count == 0)
        {
            return style.Indent is null
                ? ("", style.Comma[1..], "")
                : (style.NewLine + indent + style.Indent, style.NewLine + indent + style.Indent, style.NewLine + indent);
        }

        var (text, members) = (original.Text, original.Members);
        var lead = text[(original.Start + 1)..members[0].Start];
        var between = members.Count > 1
            ? text[(text.IndexOf(',', members[0].Value.End) + 1)..members[1].Start]
            : lead.Contains('\n', StringComparison.Ordinal) ? lead : style.Comma[1..];
        return (lead, between, text[members[^1].Value.End..(original.End - 1)]);
    }

    private sealed record Item(int? Index, string Name, Rewrite? Rewrite);
}
