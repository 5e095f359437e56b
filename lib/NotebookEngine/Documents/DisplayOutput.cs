using System.Text.Json.Nodes;

namespace NotebookEngine;

/// <summary>
/// What a cell displayed while it ran. The display id serves updates during a run; nbformat has no place for it,
/// so it is null in a notebook that was read.
/// </summary>
public sealed record DisplayOutput(MimeBundle Data, string? DisplayId = null) : CellOutput
{
    /// <inheritdoc/>
    public override JsonObject ToJsonObject() => new()
    {
        ["data"] = Data.ToJsonObject(),
        ["metadata"] = Data.Metadata?.DeepClone() ?? new JsonObject(),
        ["output_type"] = "display_data",
    };
}
