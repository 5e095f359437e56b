using System.Text.Json.Nodes;

namespace NotebookEngine;

/// <summary>What a cell wrote to its console.</summary>
public sealed record StreamOutput(StreamName Name, string Text) : CellOutput
{
    /// <inheritdoc/>
    public override JsonObject ToJsonObject() => new()
    {
        ["name"] = Name == StreamName.Stderr ? "stderr" : "stdout",
        ["output_type"] = "stream",
        ["text"] = MultilineText.Split(Text),
    };
}
