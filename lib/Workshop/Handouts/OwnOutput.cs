using ConcurrencyNotebooks;
using NotebookHost;

namespace Workshop.Handouts;

/// <summary>Outputs of this repository's own mime forms: they are rendered from their data, never from the HTML beside it.</summary>
/// <param name="Html">The output as HTML of our own making; empty when it has no form of ours.</param>
/// <param name="InHtml">A selector for what the HTML beside the data shows of it, to be left out there.</param>
/// <param name="HasFigure">Whether a script may make more of the picture.</param>
internal sealed record OwnOutput(string Html, string InHtml, bool HasFigure)
{
    /// <summary>Reads the forms that are ours; a form that cannot be read is as good as none.</summary>
    public static OwnOutput Of(CellOutput output)
    {
        var claims = ClaimReader.Read(output.Json["data"]).Claims;
        var chart = Chart(output);
        var (html, parts) = (new List<string>(), new List<string>());
        if (chart is not null) (html, parts) = ([Figures.ToHtml(chart)], [".cn-chart"]);
        if (claims.Count > 0) (html, parts) = ([.. html, .. claims.Select(claim => claim.ToHtml() + "\n")], [.. parts, ".cn-claim"]);
        return new(string.Concat(html), string.Join(',', parts), chart?.Content.IsInteractive == true);
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
