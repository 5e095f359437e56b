using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NotebookHost;

namespace Workshop.Handouts;

/// <summary>A cell's outputs on a page.</summary>
internal sealed class OutputHtml(NotebookHtml gate, HandoutTexts texts)
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    // Richest first. Text in LaTeX is kept as it is written; the page has no script that could set it.
    private static readonly string[] Preferred =
        ["text/html", "image/svg+xml", "image/", "text/markdown", "text/plain", "text/latex", "application/json"];

    /// <summary>Whether an output so far is a chart of which a script makes more.</summary>
    public bool HasFigures { get; private set; }

    /// <summary>The outputs as HTML; empty when there is nothing to show.</summary>
    public string Render(IReadOnlyList<CellOutput> outputs)
    {
        var html = new StringBuilder();
        foreach (var output in outputs)
        {
            html.Append(output.Type switch
            {
                CellOutput.StreamType when output.StreamName == CellOutput.Stderr => Text(AnsiText.ToHtml(output.Text), "stream stderr"),
                CellOutput.StreamType => Text(AnsiText.ToHtml(output.Text), "stream"),
                CellOutput.DisplayType or CellOutput.ResultType => Value(output),
                CellOutput.ErrorType => Error(output),
                _ => "",
            });
        }

        return html.ToString();
    }

    private string Value(CellOutput output)
    {
        var own = OwnOutput.Of(output);
        HasFigures |= own.HasFigure;
        if (own.Html.Length > 0)
        {
            // A notebook that was saved before charts had a form of their own has the picture in its HTML, above the claims.
            var picture = output.Form("text/html") is { } html && !own.HasChart ? gate.OfOutput(html, OwnOutput.ClaimsInHtml) : "";
            return Rich(picture + own.Html);
        }

        var shown = Preferred
            .SelectMany(type => output.Forms.Where(form => form.MimeType.StartsWith(type, StringComparison.Ordinal)))
            .Select(form => Form(form.MimeType, form.Content, output))
            .FirstOrDefault(form => form.Length > 0);
        var types = string.Join(", ", output.Forms.Select(form => form.MimeType));
        return shown ?? $"<p class=\"note\">{Html.Text(string.Format(Html.Culture, texts.NotShown, types))}</p>\n";
    }

    private string Form(string mimeType, string content, CellOutput output) => mimeType switch
    {
        "text/html" => Rich(gate.OfOutput(content)),
        "image/svg+xml" => Rich(gate.OfSvg(content)),
        "text/markdown" => $"<div class=\"md\">{gate.OfMarkdown(content)}</div>\n",
        "text/plain" or "text/latex" => Text(AnsiText.ToHtml(content), "plain"),
        "application/json" => Text(Html.Text(Indent(content)), "plain"),
        _ when Pictures.IsShown(mimeType) => Picture(mimeType, content, output),
        _ => "",
    };

    private string Picture(string mimeType, string base64, CellOutput output)
    {
        var words = Html.Text(output.Form("text/plain") ?? texts.Output);
        return Rich($"<img src=\"data:{mimeType};base64,{Html.Text(base64.ReplaceLineEndings(""))}\" alt=\"{words}\">");
    }

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

    private static string Error(CellOutput error)
    {
        var trace = AnsiText.ToHtml(string.Join('\n', error.Traceback));
        return $"""
            <div class="error" role="group"><p><strong>{Html.Text(error.ErrorName)}</strong>: {AnsiText.ToHtml(error.ErrorValue)}</p>
            <pre tabindex="0">{trace}</pre></div>

            """;
    }

    private static string Rich(string html) => html.Length > 0 ? $"<div class=\"rich\">{html}</div>\n" : "";

    private static string Text(string html, string kind) => $"<pre class=\"{kind}\" tabindex=\"0\">{html.TrimEnd()}</pre>\n";
}
