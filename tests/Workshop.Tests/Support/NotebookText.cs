using System.Text.Json.Nodes;

namespace Workshop.Tests;

/// <summary>A cell of a notebook that a test writes.</summary>
public sealed record NotebookCellText(string Id, string Source, bool IsCode = true, params string[] Tags)
{
    public static NotebookCellText Code(string id, string source, params string[] tags) => new(id, source, true, tags);

    public static NotebookCellText Markdown(string id, string source) => new(id, source, false);
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

    private static JsonNode Cell(NotebookCellText cell)
    {
        var lines = cell.Source.Split('\n');
        var source = new JsonArray([.. lines.Select((line, i) => (JsonNode)(i < lines.Length - 1 ? line + "\n" : line))]);
        if (!cell.IsCode) return new JsonObject { ["cell_type"] = "markdown", ["id"] = cell.Id, ["metadata"] = new JsonObject(), ["source"] = source };

        var metadata = new JsonObject { ["polyglot_notebook"] = new JsonObject { ["kernelName"] = "csharp" } };
        if (cell.Tags.Length > 0) metadata["tags"] = new JsonArray([.. cell.Tags.Select(tag => (JsonNode)tag)]);
        return new JsonObject
        {
            ["cell_type"] = "code",
            ["execution_count"] = null,
            ["id"] = cell.Id,
            ["metadata"] = metadata,
            ["outputs"] = new JsonArray(),
            ["source"] = source,
        };
    }
}
