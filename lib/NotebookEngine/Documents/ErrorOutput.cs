using System.Text.Json.Nodes;

namespace NotebookEngine;

/// <summary>The exception that ended a cell; the traceback's lines may hold ANSI colours.</summary>
public sealed record ErrorOutput(string Name, string Value, IReadOnlyList<string> Traceback) : CellOutput
{
    /// <inheritdoc/>
    public override JsonObject ToJsonObject() => new()
    {
        ["ename"] = Name,
        ["evalue"] = Value,
        ["output_type"] = "error",
        ["traceback"] = new JsonArray([.. Traceback.Select(line => (JsonNode)line)]),
    };

    /// <summary>Compares the traceback's lines, not the lists.</summary>
    public bool Equals(ErrorOutput? other) =>
        other is not null && Name == other.Name && Value == other.Value && Traceback.SequenceEqual(other.Traceback);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Value, Traceback.Count);
}
