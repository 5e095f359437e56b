using System.Text.Encodings.Web;

namespace Workshop.Handouts;

/// <summary>A cell's outputs on a page.</summary>
internal sealed class OutputHtml(NotebookHtml gate, HandoutTexts texts)
{
    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Richest first. Text in LaTeX is kept as it is written; the page has no script that could set it.
    private static readonly string[] Preferred =
        ["text/html", "image/svg+xml", "image/", "text/markdown", "text/plain", "text/latex", "application/json"];

    /// <summary>Whether an output so far is a chart of which a script makes more.</summary>
    public bool HasFigures { get; private set; }

    /// <summary>The outputs as HTML; empty when there is nothing to show.</summary>
    public string Render(IEnumerable<CellOutput> outputs) => string.Concat(outputs.Select(output => output.Type switch
    {
        CellOutput.StreamType => Text(AnsiText.ToHtml(output.Text), output.StreamName == CellOutput.Stderr ? "stream stderr" : "stream"),
        CellOutput.DisplayType or CellOutput.ResultType => Own(output) ?? Foreign(output),
        CellOutput.ErrorType => Error(output),
        _ => "",
    }));

    /// <summary>The chart of an output; null where it has none that can be read.</summary>
    public static ChartSpec? Chart(CellOutput output)
    {
        try
        {
            return output.Form(ChartSpec.MimeType) is { } json ? ChartSpec.FromJson(json) : null;
        }
        catch (InvalidDataException)
        {
            return null; // The HTML beside it still has a picture.
        }
    }

    // This repository's own mime forms are rendered from their data, never from the HTML beside it.
    private string? Own(CellOutput output)
    {
        var chart = Chart(output);
        var claims = string.Concat(ClaimReader.Read(output.Json["data"]).Claims.Select(claim => claim.ToHtml() + "\n"));
        HasFigures |= chart?.IsInteractive == true;
        if (chart is not null) return Rich(Figures.ToHtml(chart) + claims);
        if (claims.Length == 0) return null;

        // A notebook that was saved before charts had a form of their own has the picture in its HTML, above the claims.
        return Rich((output.Form("text/html") is { } html ? gate.OfOutput(html, leftOut: ".cn-claim") : "") + claims);
    }

    private string Foreign(CellOutput output)
    {
        var shown = Preferred
            .SelectMany(type => output.Forms.Where(form => form.MimeType.StartsWith(type, StringComparison.Ordinal)))
            .Select(form => Form(form.MimeType, form.Content, output)).FirstOrDefault(form => form.Length > 0);
        var types = string.Join(", ", output.Forms.Select(form => form.MimeType));
        return shown ?? $"<p class=\"note\">{Html.Text(texts.Format("NotShown", types))}</p>\n";
    }

    private string Form(string mimeType, string content, CellOutput output) => mimeType switch
    {
        "text/html" => Rich(gate.OfOutput(content)),
        "image/svg+xml" => Rich(gate.OfOutput(content[Math.Max(0, content.IndexOf("<svg", StringComparison.Ordinal))..])),
        "text/markdown" => $"<div class=\"md\">{gate.OfMarkdown(content)}</div>\n",
        "text/plain" or "text/latex" => Text(AnsiText.ToHtml(content), "plain"),
        "application/json" => Text(Html.Text(Indent(content)), "plain"),
        _ when Pictures.IsShown(mimeType) => Rich(
            $"<img src=\"data:{mimeType};base64,{Html.Text(content.ReplaceLineEndings(""))}\" "
            + $"alt=\"{Html.Text(output.Form("text/plain") ?? texts["Output"])}\">"),
        _ => "",
    };

    private static string Indent(string json)
    {
        try
        {
            return JsonNode.Parse(json)?.ToJsonString(Indented) ?? json;
        }
        catch (JsonException)
        {
            return json; // Text that only says of itself that it is JSON.
        }
    }

    private static string Error(CellOutput error) => $"""
        <div class="error" role="group"><p><strong>{Html.Text(error.ErrorName)}</strong>: {AnsiText.ToHtml(error.ErrorValue)}</p>
        <pre tabindex="0">{AnsiText.ToHtml(string.Join('\n', error.Traceback))}</pre></div>

        """;

    private static string Rich(string html) => html.Length > 0 ? $"<div class=\"rich\">{html}</div>\n" : "";

    // Of a progress line that was erased in the end nothing is left.
    private static string Text(string html, string kind) =>
        html.TrimEnd() is { Length: > 0 } text ? $"<pre class=\"{kind}\" tabindex=\"0\">{text}</pre>\n" : "";
}
