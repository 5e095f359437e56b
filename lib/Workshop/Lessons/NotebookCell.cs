namespace Workshop.Lessons;

/// <summary>A cell of a notebook: a view of its JSON. Only outputs and metadata change, and in an edition the source.</summary>
internal sealed class NotebookCell
{
    /// <summary>A cell with this tag may fail for any reason: it is shown as left out, and the notebook continues.</summary>
    public const string OptionalTag = "optional";

    /// <summary>A cell with this tag, Jupyter's convention, is there to show an error.</summary>
    public const string RaisesTag = "raises-exception";

    private readonly JsonObject _json;

    // The number in the notebook, from 1, names a cell without an id.
    public NotebookCell(JsonObject json, int number)
    {
        _json = json;
        Id = json["id"].AsText() is { } id && !string.IsNullOrWhiteSpace(id) ? id : $"cell-{number}";
        Source = MultilineText.Join(json["source"]) ?? "";
        Outputs = [.. (json["outputs"] as JsonArray ?? []).OfType<JsonObject>().Select(output => new CellOutput(output))];
    }

    public string Id { get; }
    public bool IsCode => _json["cell_type"].AsText() == "code";
    public bool IsMarkdown => _json["cell_type"].AsText() == "markdown";
    public string Source { get; private set; }

    /// <summary>The cell's metadata; a change is a change of the notebook.</summary>
    public JsonObject Metadata
    {
        get
        {
            if (_json["metadata"] is not JsonObject metadata) _json["metadata"] = metadata = [];
            return metadata;
        }
    }

    /// <summary>The language of the cell, where that is another than C#: its own, else the notebook's; null for C#.</summary>
    public string? OtherLanguage
    {
        get
        {
            var kernelspec = (_json.Root["metadata"] as JsonObject)?["kernelspec"] as JsonObject;
            var language = (Metadata["polyglot_notebook"] as JsonObject)?["kernelName"].AsText()
                ?? (Metadata["dotnet_interactive"] as JsonObject)?["language"].AsText()
                ?? kernelspec?["language"].AsText();
            return language switch
            {
                null or "" or "C#" or "csharp" or "polyglot-notebook" => null,
                "fsharp" => "F#",
                _ => language,
            };
        }
    }

    public bool IsOptional => HasTag(OptionalTag);
    public bool ExpectsError => HasTag(RaisesTag);

    /// <summary>Whether it is for who leads a workshop: no other edition shows it, and it is never run.</summary>
    public bool IsInstructor => HasTag("instructor");
    public bool IsSolution => HasTag("solution");

    /// <summary>The number that a front end shows beside the cell; null when it was not run.</summary>
    public int? ExecutionCount => _json["execution_count"] is JsonValue value && value.TryGetValue(out int count) ? count : null;

    public IReadOnlyList<CellOutput> Outputs { get; private set; }

    /// <summary>The claims among the outputs, read by the library that wrote them.</summary>
    public IReadOnlyList<Claim> Claims => [.. Outputs.SelectMany(output => ClaimReader.Read(output.Json["data"]).Claims)];

    /// <summary>How many claims among the outputs cannot be read: they are damaged, or of another version.</summary>
    public int UnreadClaims => Outputs.Sum(output => ClaimReader.Read(output.Json["data"]).Unread);

    /// <summary>Whether the outputs are those of a run since the notebook was read.</summary>
    public bool HasNewOutputs { get; private set; }

    /// <summary>The pictures that the cell carries along: file name and, by mime type, base64.</summary>
    public JsonObject? Attachments => _json["attachments"] as JsonObject;

    public bool Is(JsonNode? json) => ReferenceEquals(json, _json);

    public bool HasTag(string tag) =>
        (_json["metadata"] as JsonObject)?["tags"] is JsonArray tags && tags.Any(item => item.AsText() == tag);

    public bool IsIn(Edition edition) => edition == Edition.Instructor || !(IsInstructor || (IsSolution && edition == Edition.Student));

    public void SetSource(string source)
    {
        Source = source;
        _json["source"] = MultilineText.Split(source);
    }

    public void SetOutputs(int? executionCount, IEnumerable<CellOutput> outputs)
    {
        Outputs = [.. outputs];
        HasNewOutputs = true;
        _json["outputs"] = new JsonArray([.. Outputs.Select(output => output.Json.DeepClone())]);
        _json["execution_count"] = executionCount;
        foreach (var result in _json["outputs"]!.AsArray().Where(output => output!["output_type"].AsText() == CellOutput.ResultType))
            result!["execution_count"] = executionCount;
    }
}
