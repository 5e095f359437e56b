using ConcurrencyNotebooks;
using NotebookHost;

namespace Workshop.Handouts;

/// <summary>Outputs of this repository's own mime forms: they are rendered from their data, never from the HTML beside it.</summary>
internal static class OwnOutput
{
    /// <summary>What the HTML beside the data shows of it, to be left out there.</summary>
    public const string Selector = ".cn-claim";

    /// <summary>The output as HTML of our own making; empty when it has no form of ours.</summary>
    public static string ToHtml(CellOutput output) =>
        string.Concat(ClaimReader.Read(output.Json["data"]).Claims.Select(claim => claim.ToHtml() + "\n"));
}
