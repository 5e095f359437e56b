using System.Text.Json.Serialization;

namespace NotebookEngine;

/// <summary>What parent and child tell each other; which members a kind uses is said beside the kind.</summary>
internal sealed record HostMessage
{
    /// <summary>To be raised with every change that an older side would misunderstand.</summary>
    public const int CurrentProtocol = 1;

    public required HostMessageKind Kind { get; init; }

    public int Protocol { get; init; }

    public int Run { get; init; }

    public string? CellId { get; init; }

    public string? Code { get; init; }

    public HostOutput? Output { get; init; }

    public CellStatus Status { get; init; }

    public double Milliseconds { get; init; }

    public CellError? Error { get; init; }

    public string? Mark { get; init; }
}

/// <summary>The kinds of messages, parent's first.</summary>
internal enum HostMessageKind
{
    /// <summary>
    /// Run, CellId, Code, Mark: run this cell; at its end write the mark to the raw standard output and error, by which
    /// the parent knows that everything printed past the console has arrived.
    /// </summary>
    RunCell,

    /// <summary>Run: interrupt this cell, if it still runs.</summary>
    Interrupt,

    /// <summary>Protocol: the child is there.</summary>
    Ready,

    /// <summary>CellId, Output: something to show.</summary>
    Output,

    /// <summary>Run, Status, Milliseconds, Error: the cell has ended.</summary>
    CellEnded,
}

/// <summary>An output event without the classes of the document model, which have no fixed shape in JSON.</summary>
internal sealed record HostOutput(
    string Type, string? Text = null, string[]? Data = null, string? DisplayId = null, string[]? Lines = null, bool IsUpdate = false)
{
    public static HostOutput From(OutputEvent output) => output.Output switch
    {
        StreamOutput stream => new(stream.Name == StreamName.Stderr ? "stderr" : "stdout", stream.Text),
        DisplayOutput display => new(
            "display", display.Data.Metadata?.ToJsonString(), Flatten(display.Data), display.DisplayId, IsUpdate: output.IsUpdate),
        ResultOutput result => new("result", result.Data.Metadata?.ToJsonString(), Flatten(result.Data)),
        ErrorOutput error => new("error", error.Value, [error.Name], Lines: [.. error.Traceback]),
        var other => throw new NotSupportedException($"A session does not produce {other.GetType().Name}."),
    };

    public OutputEvent ToEvent(string? cellId) => new(cellId, ToOutput(), IsUpdate);

    private CellOutput ToOutput() => Type switch
    {
        "stdout" => new StreamOutput(StreamName.Stdout, Text ?? ""),
        "stderr" => new StreamOutput(StreamName.Stderr, Text ?? ""),
        "display" => new DisplayOutput(Bundle(), DisplayId),
        "result" => new ResultOutput(Bundle()),
        "error" => new ErrorOutput(Data?[0] ?? "", Text ?? "", Lines ?? []),
        _ => throw new InvalidDataException($"An output of the unknown type '{Type}' came from the notebook's process."),
    };

    private static string[] Flatten(MimeBundle bundle) => [.. bundle.SelectMany(entry => new[] { entry.Key, entry.Value })];

    private MimeBundle Bundle() =>
        new((Data ?? []).Chunk(2).Select(pair => KeyValuePair.Create(pair[0], pair[1])))
        {
            Metadata = Text is null ? null : System.Text.Json.Nodes.JsonNode.Parse(Text)?.AsObject(),
        };
}

/// <summary>Generated, because reflection over these types would cost every notebook some 50 ms at its start.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HostMessage))]
internal sealed partial class HostMessageContext : JsonSerializerContext;
