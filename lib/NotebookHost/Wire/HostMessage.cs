using System.Text.Json.Serialization;

namespace NotebookHost;

/// <summary>What parent and child tell each other. Cells are told apart by the number of their run.</summary>
[JsonDerivedType(typeof(RunCell), nameof(RunCell))]
[JsonDerivedType(typeof(Interrupt), nameof(Interrupt))]
[JsonDerivedType(typeof(Ready), nameof(Ready))]
[JsonDerivedType(typeof(Output), nameof(Output))]
[JsonDerivedType(typeof(CellEnded), nameof(CellEnded))]
internal abstract record HostMessage
{
    /// <summary>
    /// Run this cell; with a number it continues from the cells of lower numbers. At its end write the mark to the raw standard output
    /// and error, by which the parent knows that everything printed past the console has arrived.
    /// </summary>
    internal sealed record RunCell(int Run, string CellId, string Code, int? Number, string Mark) : HostMessage;

    /// <summary>Interrupt this cell, if it still runs.</summary>
    internal sealed record Interrupt(int Run) : HostMessage;

    internal sealed record Ready : HostMessage;

    internal sealed record Output(JsonObject Json) : HostMessage;

    internal sealed record CellEnded(int Run, double Milliseconds, CellError? Error) : HostMessage;
}

/// <summary>Generated, because reflection over these types would cost every notebook some 50 ms at its start.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, MaxDepth = CellOutput.MaxDepth)]
[JsonSerializable(typeof(HostMessage))]
internal sealed partial class HostMessageContext : JsonSerializerContext;
