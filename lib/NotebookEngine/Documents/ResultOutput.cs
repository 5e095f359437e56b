using System.Text.Json.Nodes;

namespace NotebookEngine;

/// <summary>The value of a cell's last expression.</summary>
public sealed record ResultOutput(MimeBundle Data, int? ExecutionCount = null) : CellOutput
{
    /// <inheritdoc/>
    public override JsonObject ToJsonObject() => new()
    {
        ["data"] = Data.ToJsonObject(),
        ["execution_count"] = ExecutionCount,
        ["metadata"] = Data.Metadata?.DeepClone() ?? new JsonObject(),
        ["output_type"] = "execute_result",
    };
}
