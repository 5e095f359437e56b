using ConcurrencyNotebooks;
using NotebookHost;

namespace Workshop.Handouts;

/// <summary>Outputs of this repository's own mime forms: they are rendered from their data, never from the HTML beside it.</summary>
/// <param name="Html">The output as HTML of our own making; empty when it has no form of ours.</param>
/// <param name="HasChart">Whether a chart is in it.</param>
/// <param name="HasFigure">Whether a script may make more of the picture.</param>
internal sealed record OwnOutput(string Html, bool HasChart, bool HasFigure)
{
    /// <summary>What the HTML beside claims shows of them, to be left out there.</summary>
    public const string ClaimsInHtml = ".cn-claim";

    /// <summary>Reads the forms that are ours; a form that cannot be read is as good as none.</summary>
    public static OwnOutput Of(CellOutput output)
    {
        var claims = string.Concat(ClaimReader.Read(output.Json["data"]).Claims.Select(claim => claim.ToHtml() + "\n"));
        return Chart(output) is { } chart
            ? new(Figures.ToHtml(chart) + claims, HasChart: true, chart.Content.IsInteractive)
            : new(claims, HasChart: false, HasFigure: false);
    }

    private static ChartSpec? Chart(CellOutput output)
    {
        if (output.Form(ChartSpec.MimeType) is not { } json) return null;
        try
        {
            return ChartSpec.FromJson(json);
        }
        catch (InvalidDataException)
        {
            return null; // The HTML beside it still has a picture.
        }
    }
}
