using ConcurrencyNotebooks;
using NotebookHost;

namespace Workshop.Running;

/// <summary>The claims in what a cell put out, read by the library that wrote them.</summary>
internal static class OutputClaims
{
    /// <summary>The claims in a cell's outputs, in order.</summary>
    public static IReadOnlyList<Claim> Read(IEnumerable<CellOutput> outputs) =>
        [.. outputs.SelectMany(output => ClaimReader.Read(output.Json["data"]).Claims)];
}
