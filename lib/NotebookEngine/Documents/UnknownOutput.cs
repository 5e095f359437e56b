using System.Text.Json.Nodes;

namespace NotebookEngine;

/// <summary>An output of a kind that this engine does not know, kept as its JSON text.</summary>
public sealed record UnknownOutput(string Json) : CellOutput
{
    /// <inheritdoc/>
    public override JsonObject ToJsonObject() => (JsonObject)JsonSyntaxParser.Parse(Json, path: null).ToNode()!;
}
