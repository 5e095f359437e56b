using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookEngine;

/// <summary>A cell of a notebook. Not thread-safe.</summary>
public sealed class NotebookCell
{
    private readonly JsonSyntax? _original;
    private readonly string _originalSource;
    private JsonObject? _metadata;
    private JsonArray? _newOutputs;
    private int? _executionCount;
    private IReadOnlyList<CellOutput>? _outputs;

    /// <summary>A new cell; add it with <see cref="NotebookDocument.Insert"/>.</summary>
    /// <param name="kind">What the cell holds.</param>
    /// <param name="source">Its text.</param>
    /// <param name="id">1 to 64 letters, digits, hyphens and underscores; null derives one from the text.</param>
    /// <exception cref="ArgumentException">The id is not one that nbformat allows.</exception>
    public NotebookCell(CellKind kind, string source, string? id = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (id is not null && !CellIds.IsValid(id))
            throw new ArgumentException($"'{id}' is no cell id: use 1 to 64 letters, digits, hyphens and underscores.", nameof(id));

        Kind = kind;
        Source = _originalSource = source;
        Id = id ?? "";
        _metadata = kind == CellKind.Code
            ? new JsonObject { ["polyglot_notebook"] = new JsonObject { ["kernelName"] = "csharp" } }
            : [];
        _outputs = [];
    }

    internal NotebookCell(JsonSyntax original, CellKind kind, string source, string id)
    {
        _original = original;
        Kind = kind;
        Source = _originalSource = source;
        Id = id;
        _executionCount = CellOutput.Whole(original["execution_count"]?.ToNode());
    }

    /// <summary>Unique in its notebook; where the file has none (before nbformat 4.5), derived from the cell's text.</summary>
    public string Id { get; internal set; }

    /// <summary>What the cell holds.</summary>
    public CellKind Kind { get; }

    /// <summary>The cell's text, with the line ends of the file.</summary>
    public string Source { get; set; }

    /// <summary>The cell's metadata, which may be changed.</summary>
    public JsonObject Metadata => _metadata ??= _original?["metadata"]?.ToNode() as JsonObject ?? [];

    /// <summary>The tags in the metadata.</summary>
    public IReadOnlyList<string> Tags =>
        Metadata["tags"] is JsonArray tags
            ? [.. tags.OfType<JsonValue>().Select(tag => tag.TryGetValue(out string? text) ? text : null).OfType<string>()]
            : [];

    /// <summary>The number that a front end shows beside the cell; null when it was not run.</summary>
    public int? ExecutionCount => _executionCount;

    /// <summary>What the cell showed when it was last run and saved.</summary>
    public IReadOnlyList<CellOutput> Outputs => _outputs ??= [.. OriginalOutputs.Select(ReadOutput)];

    /// <summary>The line of the cell in the file that was read, counted from 1; null for a new cell.</summary>
    public int? Line => _original?.Line;

    private IEnumerable<JsonSyntax> OriginalOutputs => _original?["outputs"]?.Members.Select(member => member.Value) ?? [];

    /// <summary>
    /// Replaces what the cell shows. An output that equals the old one at its place keeps its text in the file.
    /// </summary>
    /// <exception cref="InvalidOperationException">The cell is not a code cell.</exception>
    public void SetOutputs(int? executionCount, IEnumerable<CellOutput> outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        if (Kind != CellKind.Code) throw new InvalidOperationException($"Cell '{Id}' is a {Kind} cell; only a code cell has outputs.");

        List<CellOutput> list = [.. outputs];
        List<JsonSyntax> old = [.. OriginalOutputs];
        var json = new JsonArray();
        for (var i = 0; i < list.Count; i++)
            json.Add(i < old.Count && ReadOutput(old[i]) == list[i] ? old[i].ToNode() : list[i].ToJsonObject());

        _newOutputs = json;
        _outputs = list;
        _executionCount = executionCount;
    }

    /// <summary>Whether the outputs are those of a run since the notebook was read.</summary>
    internal bool HasNewOutputs => _newOutputs is not null;

    /// <summary>Whether the file's text no longer says what this cell says.</summary>
    internal bool IsChanged =>
        _original is null
        || Source != _originalSource
        || (_metadata is not null && !SaysMetadata())
        || (_newOutputs is not null && !SaysOutputs());

    /// <summary>The cell as JSON, complete as nbformat 4.5 wants it.</summary>
    internal string ToJson(JsonSplice splice, JsonStyle style, string indent)
    {
        if (_original is null) return style.Format(ToNode(), indent);

        var changes = new SortedDictionary<string, JsonSplice.Rewrite>(StringComparer.Ordinal);
        if (_original["id"]?.Kind != JsonValueKind.String) Change("id", Id);
        if (Source != _originalSource || _original["source"] is null) Change("source", SourceNode());
        if ((_metadata is not null && !SaysMetadata()) || _original["metadata"] is null) Change("metadata", Metadata);
        if (Kind == CellKind.Code)
        {
            var isRun = _newOutputs is not null;
            if (isRun || _original["outputs"]?.Kind != JsonValueKind.Array) Change("outputs", _newOutputs ?? []);
            if (isRun || _original["execution_count"] is null) Change("execution_count", _executionCount);
        }

        return splice.Update(_original, changes, indent);

        void Change(string name, JsonNode? node) =>
            changes[name] = (original, inner) => splice.Merge(original, node, inner);
    }

    private static CellOutput ReadOutput(JsonSyntax output) =>
        output.ToNode() is JsonObject json ? CellOutput.FromJsonObject(json) : new UnknownOutput(output.Raw.ToString());

    private bool SaysMetadata() =>
        _original?["metadata"] is { Kind: JsonValueKind.Object } metadata ? metadata.Says(_metadata) : _metadata!.Count == 0;

    private bool SaysOutputs() =>
        (_original?["outputs"] is { Kind: JsonValueKind.Array } outputs ? outputs.Says(_newOutputs) : _newOutputs!.Count == 0)
        && _executionCount == CellOutput.Whole(_original?["execution_count"]?.ToNode());

    /// <summary>An author who wrote one string gets one string back; Jupyter writes lines.</summary>
    private JsonNode SourceNode() =>
        _original?["source"]?.Kind == JsonValueKind.String ? Source : MultilineText.Split(Source);

    private JsonObject ToNode()
    {
        var json = new JsonObject { ["cell_type"] = Kind.ToString().ToLowerInvariant() };
        if (Kind == CellKind.Code) json["execution_count"] = _executionCount;
        json["id"] = Id;
        json["metadata"] = Metadata.DeepClone();
        if (Kind == CellKind.Code) json["outputs"] = _newOutputs?.DeepClone() ?? new JsonArray();
        json["source"] = SourceNode();
        return json;
    }
}
