using System.Text.Json.Nodes;

namespace Workshop.Tests;

/// <summary>A cell of a notebook that a test writes.</summary>
public sealed record NotebookCellText(string Id, string Source, bool IsCode = true, params string[] Tags)
{
    /// <summary>What a code cell shows.</summary>
    public JsonObject? Output { get; init; }

    /// <summary>The pictures that a Markdown cell carries along.</summary>
    public JsonObject? Attachments { get; init; }

    public static NotebookCellText Code(string id, string source, params string[] tags) => new(id, source, true, tags);

    public static NotebookCellText Markdown(string id, string source, params string[] tags) => new(id, source, false, tags);
}

/// <summary>Notebooks as text, made without the engine under test.</summary>
public static class NotebookText
{
    public static string Of(params NotebookCellText[] cells)
    {
        var notebook = new JsonObject
        {
            ["cells"] = new JsonArray([.. cells.Select(Cell)]),
            ["metadata"] = new JsonObject
            {
                ["kernelspec"] = new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = ".net-csharp" },
                ["language_info"] = new JsonObject { ["name"] = "polyglot-notebook" },
            },
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        };
        return notebook.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true }) + "\n";
    }

    /// <summary>An output in these forms.</summary>
    public static JsonObject Display(params (string MimeType, JsonNode Content)[] forms) => new()
    {
        ["output_type"] = "display_data",
        ["metadata"] = new JsonObject(),
        ["data"] = new JsonObject(forms.Select(form => KeyValuePair.Create(form.MimeType, (JsonNode?)form.Content))),
    };

    /// <summary>A text that a cell printed.</summary>
    public static JsonObject Print(string text) => new() { ["output_type"] = "stream", ["name"] = "stdout", ["text"] = text };

    private static JsonArray Tags(NotebookCellText cell) => new([.. cell.Tags.Select(tag => (JsonNode)tag)]);

    private static JsonNode Cell(NotebookCellText cell)
    {
        var lines = cell.Source.Split('\n');
        var source = new JsonArray([.. lines.Select((line, i) => (JsonNode)(i < lines.Length - 1 ? line + "\n" : line))]);
        if (!cell.IsCode)
        {
            var text = new JsonObject
            {
                ["cell_type"] = "markdown",
                ["id"] = cell.Id,
                ["metadata"] = cell.Tags.Length > 0 ? new JsonObject { ["tags"] = Tags(cell) } : new JsonObject(),
                ["source"] = source
            };
            if (cell.Attachments is not null) text["attachments"] = cell.Attachments;
            return text;
        }

        var metadata = new JsonObject { ["polyglot_notebook"] = new JsonObject { ["kernelName"] = "csharp" } };
        if (cell.Tags.Length > 0) metadata["tags"] = Tags(cell);
        return new JsonObject
        {
            ["cell_type"] = "code",
            ["execution_count"] = null,
            ["id"] = cell.Id,
            ["metadata"] = metadata,
            ["outputs"] = cell.Output is null ? [] : new JsonArray(cell.Output),
            ["source"] = source,
        };
    }
}
