using System.Text.Json.Nodes;
using ConcurrencyNotebooks;
using NotebookEngine;

namespace Workshop.Running;

/// <summary>The claims in what a cell put out, read by the library that wrote them.</summary>
internal static class OutputClaims
{
    /// <summary>The claims in a cell's outputs, in order.</summary>
    public static IReadOnlyList<Claim> Read(IEnumerable<CellOutput> outputs) => [.. outputs.SelectMany(output => output switch
    {
        DisplayOutput display => Read(display.Data),
        ResultOutput result => Read(result.Data),
        _ => [],
    })];

    private static IReadOnlyList<Claim> Read(MimeBundle data) =>
        data[Claim.MimeType] is { } json ? ClaimReader.ReadContent(JsonValue.Create(json)).Claims : [];
}
