using System.Text.Json.Serialization;

namespace NotebookHost;

/// <summary>What parent and child tell each other; which members a kind uses is said beside the kind.</summary>
internal sealed record HostMessage
{
    public required HostMessageKind Kind { get; init; }
    public int Run { get; init; }
    public string? CellId { get; init; }
    public int? Number { get; init; }
    public string? Code { get; init; }
    public JsonObject? Output { get; init; }
    public double Milliseconds { get; init; }
    public CellError? Error { get; init; }
    public string? Mark { get; init; }
}

/// <summary>The kinds of messages, parent's first.</summary>
internal enum HostMessageKind
{
    /// <summary>
    /// Run, CellId, Code, Mark, and Number where the cell is to continue from those of lower numbers: run this cell; at its end
    /// write the mark to the raw standard output and error, by which the parent knows that everything printed past the console has
    /// arrived.
    /// </summary>
    RunCell,

    /// <summary>Run: interrupt this cell, if it still runs.</summary>
    Interrupt,

    Ready,

    Output,

    /// <summary>Run, Milliseconds, Error: the cell has ended.</summary>
    CellEnded,
}

/// <summary>Generated, because reflection over these types would cost every notebook some 50 ms at its start.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HostMessage))]
internal sealed partial class HostMessageContext : JsonSerializerContext;
