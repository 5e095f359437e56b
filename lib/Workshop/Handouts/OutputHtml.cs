using System.Text;
using System.Text.RegularExpressions;
using NotebookHost;

namespace Workshop.Handouts;

/// <summary>A cell's outputs on a page.</summary>
internal static partial class OutputHtml
{
    // Richest first; what is not named here, as LaTeX, has a plain form beside it.
    private static readonly string[] Preferred = ["text/html", "image/svg+xml", "image/png", "image/jpeg", "text/markdown", "text/plain"];

    /// <summary>The outputs as HTML; empty when there is nothing to show.</summary>
    public static async Task<string> RenderAsync(
        IReadOnlyList<CellOutput> outputs, HandoutTexts texts, MarkdownCells markdown, CancellationToken cancellationToken)
    {
        var html = new StringBuilder();
        foreach (var output in outputs)
        {
            html.Append(output.Type switch
            {
                CellOutput.StreamType => Text(AnsiText.ToHtml(output.Text), output.StreamName == CellOutput.Stderr ? "stream stderr" : "stream"),
                CellOutput.DisplayType or CellOutput.ResultType => await BundleAsync(output, texts, markdown, cancellationToken),
                CellOutput.ErrorType => Error(output),
                _ => "",
            });
        }

        return html.ToString();
    }

    private static async Task<string> BundleAsync(
        CellOutput output, HandoutTexts texts, MarkdownCells markdown, CancellationToken cancellationToken)
    {
        foreach (var mimeType in Preferred)
        {
            if (output.Form(mimeType) is not { } content) continue;
            switch (mimeType)
            {
                // A page that runs nothing and loads nothing stays whole: offline, printed, mailed.
                case "text/html" or "image/svg+xml" when NeedsMore().IsMatch(content):
                    continue;
                case "text/html":
                    return $"<div class=\"rich\">{content}</div>\n";
                case "image/svg+xml":
                    return $"<div class=\"rich\">{content[Math.Max(0, content.IndexOf("<svg", StringComparison.Ordinal))..]}</div>\n";
                case "text/markdown":
                    return $"<div class=\"md\">{await markdown.ToHtmlAsync(content, cancellationToken)}</div>\n";
                case "text/plain":
                    return Text(AnsiText.ToHtml(content), "plain");
                default:
                    var data64 = content.ReplaceLineEndings("");
                    var alt = Html.Text(output.Form("text/plain") ?? texts.Output);
                    return $"<div class=\"rich\"><img src=\"data:{mimeType};base64,{Html.Text(data64)}\" alt=\"{alt}\"></div>\n";
            }
        }

        return $"<p class=\"note\">{Html.Text(texts.NeedsScript)}</p>\n";
    }

    private static string Error(CellOutput error)
    {
        var trace = AnsiText.ToHtml(string.Join('\n', error.Traceback));
        return $"""
            <div class="error" role="group"><p><strong>{Html.Text(error.ErrorName)}</strong>: {AnsiText.ToHtml(error.ErrorValue)}</p>
            <pre tabindex="0">{trace}</pre></div>

            """;
    }

    private static string Text(string html, string kind) => $"<pre class=\"{kind}\" tabindex=\"0\">{html.TrimEnd()}</pre>\n";

    [GeneratedRegex("""<script\b|<iframe\b|<link\b|<(?:img|source|image|use)\b[^>]*?(?:src|href)\s*=\s*["'](?!data:|\#)|@import|url\(\s*["']?https?:""",
        RegexOptions.IgnoreCase)]
    private static partial Regex NeedsMore();
}
