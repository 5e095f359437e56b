using ConcurrencyNotebooks;
using NotebookHost;

namespace Workshop.Handouts;

/// <summary>Outputs of this repository's own mime forms: they are rendered from their data, never from the HTML beside it.</summary>
internal static class OwnOutput
{
    /// <summary>What HTML beside the data shows of it, to be left out there.</summary>
    public const string Selector = ".cn-claim";

    /// <summary>The claims of an output; empty when it has none.</summary>
    public static string Claims(CellOutput output) =>
        string.Concat(ClaimReader.Read(output.Json["data"]).Claims.Select(claim => claim.ToHtml() + "\n"));

    /// <summary>The chart of an output, as a picture and its table; empty when it has none, or one that cannot be read.</summary>
    public static string Chart(CellOutput output)
    {
        if (output.Form(ChartSpec.MimeType) is not { } json) return "";
        try
        {
            var chart = ChartSpec.FromJson(json);
            return $"<figure>{chart.ToSvg()}{chart.ToTableHtml()}</figure>\n";
        }
        catch (InvalidDataException)
        {
            return ""; // Damaged, or of another version: the page then has what other programs show of the output.
        }
    }
}
