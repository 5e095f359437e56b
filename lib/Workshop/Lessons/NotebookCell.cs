using System.Text.Json.Nodes;
using NotebookHost;

namespace Workshop.Lessons;

/// <summary>A cell of a notebook: a view of its JSON, of which only outputs and metadata change.</summary>
internal sealed class NotebookCell
{
    private readonly JsonObject _json;

    /// <param name="json">The cell's JSON.</param>
    /// <param name="number">The cell's number in the notebook, from 1; it names a cell without an id.</param>
    public NotebookCell(JsonObject json, int number)
    {
        _json = json;
        Id = Text(json["id"]) is { } id && !string.IsNullOrWhiteSpace(id) ? id : $"cell-{number}";
        Source = MultilineText.TryJoin(json["source"], out var source) ? source : "";
        Outputs = [.. (json["outputs"] as JsonArray ?? []).OfType<JsonObject>().Select(output => new CellOutput(output))];
    }

    /// <summary>The id in the file, or a name by position where the file has none.</summary>
    public string Id { get; }

    /// <summary>Whether it is a code cell, and not text or raw.</summary>
    public bool IsCode => Text(_json["cell_type"]) == "code";

    /// <summary>Whether it is a Markdown cell.</summary>
    public bool IsMarkdown => Text(_json["cell_type"]) == "markdown";

    /// <summary>The cell's text, with the line ends of the file.</summary>
    public string Source { get; }

    /// <summary>The cell's metadata; a change is a change of the notebook.</summary>
    public JsonObject Metadata
    {
        get
        {
            if (_json["metadata"] is not JsonObject metadata) _json["metadata"] = metadata = [];
            return metadata;
        }
    }

    /// <summary>The kernel that the cell names for itself, else the notebook's language where that is another than C#; null for C#.</summary>
    public string? Kernel =>
        Text((Metadata["polyglot_notebook"] as JsonObject)?["kernelName"])
        ?? Text((Metadata["dotnet_interactive"] as JsonObject)?["language"])
        ?? NotebookLanguage;

    // Polyglot notebooks name the language cell by cell.
    private string? NotebookLanguage =>
        Text(((_json.Root["metadata"] as JsonObject)?["kernelspec"] as JsonObject)?["language"]) is { Length: > 0 } language
        && language is not ("C#" or "csharp" or "polyglot-notebook")
            ? language
            : null;

    /// <summary>The tags in the metadata.</summary>
    public IReadOnlyList<string> Tags => Metadata["tags"] is JsonArray tags ? [.. tags.Select(Text).OfType<string>()] : [];

    /// <summary>The number that a front end shows beside the cell; null when it was not run.</summary>
    public int? ExecutionCount => _json["execution_count"] is JsonValue value && value.TryGetValue(out int count) ? count : null;

    /// <summary>What the cell showed when it was last run.</summary>
    public IReadOnlyList<CellOutput> Outputs { get; private set; }

    /// <summary>Whether the outputs are those of a run since the notebook was read.</summary>
    public bool HasNewOutputs { get; private set; }

    /// <summary>The pictures that the cell carries along: file name and, by mime type, base64.</summary>
    public JsonObject? Attachments => _json["attachments"] as JsonObject;

    /// <summary>Replaces what the cell shows.</summary>
    public void SetOutputs(int? executionCount, IEnumerable<CellOutput> outputs)
    {
        Outputs = [.. outputs];
        HasNewOutputs = true;
        var saved = new JsonArray();
        foreach (var output in Outputs)
        {
            var json = (JsonObject)output.Json.DeepClone();
            if (output.Type == CellOutput.ResultType) json["execution_count"] = executionCount;
            saved.Add(json);
        }

        _json["outputs"] = saved;
        _json["execution_count"] = executionCount;
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
