using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace NotebookEngine.Tests;

/// <summary>Notebooks of every kind of content and style that other programs might write.</summary>
internal static class GeneratedNotebook
{
    private static readonly string[] OddTexts =
        ["", "\n", "a\r\nb", "é", "日本語\n", "😀", "\ud83d", "\u2028", "\u0000\u001b[31m", "\"\\/", "<<<<<<< HEAD\n", "#!magic", "1.0"];

    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.Elements(OddTexts), ArbMap.Default.GeneratorFor<string?>().Select(text => text ?? ""));

    private static readonly Gen<JsonStyle> Style =
        from indent in Gen.Elements(null, " ", "  ", "\t")
        from newLine in Gen.Elements("\n", "\r\n")
        from ascii in Gen.Elements(true, false)
        select new JsonStyle(indent, newLine, ": ", ", ", ascii);

    private static readonly Gen<JsonNode?> Anything = Gen.Sized(size => Tree(Math.Min(size, 8)));

    private static readonly Gen<JsonNode?> Multiline = Gen.OneOf(
        Text.Select(text => (JsonNode?)text),
        Text.ListOf().Select(lines => (JsonNode?)new JsonArray([.. lines.Select(line => (JsonNode?)line)])));

    private static readonly Gen<JsonNode?> Output =
        from kind in Gen.Elements("stream", "display_data", "execute_result", "error", "hologram")
        from text in Multiline
        from json in Anything
        from extra in Anything
        select (JsonNode?)Named(kind, text, json, extra);

    private static readonly Gen<JsonNode?> Cell =
        from kind in Gen.Elements("code", "code", "markdown", "raw", "heading")
        from source in Multiline
        from outputs in Output.ListOf()
        from id in Gen.Elements(true, false)
        from metadata in Members()
        from extra in Members()
        select (JsonNode?)CellOf(kind, source, outputs, id, metadata, extra);

    /// <summary>The text of a notebook of nbformat 4.0 to 4.5.</summary>
    public static Arbitrary<string> Texts { get; } = Arb.From(
        from cells in Cell.ListOf()
        from minor in Gen.Choose(0, 5)
        from metadata in Members()
        from extra in Members()
        from style in Style
        from end in Gen.Elements("", "\n", "\r\n\r\n")
        from start in Gen.Elements("", "", "\uFEFF")
        select start + style.Format(NotebookOf(cells, minor, metadata, extra), "") + end);

    /// <summary>A notebook whose code cells' outputs are all of known kinds.</summary>
    public static Gen<CellOutput> KnownOutput { get; } = Gen.OneOf(
        Text.Select(text => (CellOutput)new StreamOutput(StreamName.Stderr, text)),
        Text.Select(text => (CellOutput)new ErrorOutput("E", text, [text, ""])),
        Text.Select(text => (CellOutput)new DisplayOutput(new MimeBundle { { "text/html", text }, { "image/png", "aGk=" } })),
        Text.Select(text => (CellOutput)new ResultOutput(MimeBundle.PlainText(text), 3)));

    private static Gen<JsonNode?> Tree(int size) => Gen.OneOf(
        Text.Select(text => (JsonNode?)text),
        Gen.Elements("1", "1.0", "1E5", "-0", "1e999", "123456789012345678901234567890", "0.1").Select(n => JsonNode.Parse(n)),
        Gen.Elements("true", "null", "[]", "{}").Select(word => JsonNode.Parse(word)),
        size == 0
            ? Gen.Constant((JsonNode?)null)
            : Tree(size / 2).ListOf().Select(items => (JsonNode?)new JsonArray([.. items.Take(4).Select(item => item?.DeepClone())])),
        size == 0 ? Gen.Constant((JsonNode?)null) : Tree(size / 2).Select(item => (JsonNode?)new JsonObject { ["k é"] = item?.DeepClone() }));

    private static Gen<List<(string Key, JsonNode? Value)>> Members() =>
        from keys in Gen.Elements("tags", "vendor", "é", "a b", "x").ListOf()
        from value in Anything
        select keys.Distinct().Take(3).Select(key => (key, value)).ToList();

    private static JsonObject Named(string kind, JsonNode? text, JsonNode? json, JsonNode? extra)
    {
        var output = new JsonObject { ["output_type"] = kind };
        switch (kind)
        {
            case "stream":
                (output["name"], output["text"]) = ("stdout", text?.DeepClone());
                break;
            case "error":
                (output["ename"], output["evalue"], output["traceback"]) = ("E", "", new JsonArray());
                break;
            default:
                output["data"] = new JsonObject { ["text/html"] = text?.DeepClone(), ["application/x+json"] = json?.DeepClone() };
                output["metadata"] = new JsonObject();
                break;
        }

        if (extra is JsonObject) output["extra"] = extra.DeepClone();
        return output;
    }

    private static JsonObject CellOf(
        string kind, JsonNode? source, IEnumerable<JsonNode?> outputs, bool hasId, List<(string, JsonNode?)> metadata, List<(string, JsonNode?)> extra)
    {
        var cell = new JsonObject { ["cell_type"] = kind };
        Add(cell, extra);
        cell["metadata"] = Add([], metadata);
        cell["source"] = source?.DeepClone();
        if (hasId) cell["id"] = "placeholder";
        if (kind == "code") cell["outputs"] = new JsonArray([.. outputs.Select(output => output?.DeepClone())]);
        return cell;
    }

    private static JsonObject NotebookOf(
        IEnumerable<JsonNode?> cells, int minor, List<(string, JsonNode?)> metadata, List<(string, JsonNode?)> extra)
    {
        var list = cells.Select(cell => cell!.DeepClone().AsObject()).ToList();
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i].ContainsKey("id")) list[i]["id"] = $"given-{i}";
        }

        var notebook = new JsonObject { ["cells"] = new JsonArray([.. list]), ["metadata"] = Add([], metadata) };
        Add(notebook, extra);
        (notebook["nbformat"], notebook["nbformat_minor"]) = (4, minor);
        return notebook;
    }

    private static JsonObject Add(JsonObject json, List<(string Key, JsonNode? Value)> members)
    {
        foreach (var (key, value) in members) json[key] = value?.DeepClone();
        return json;
    }
}
