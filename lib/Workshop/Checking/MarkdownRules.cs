using System.Text.RegularExpressions;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Workshop.Lessons;

namespace Workshop.Checking;

/// <summary>Links lead somewhere, pictures are there, and each has a text for readers who cannot see it.</summary>
internal static partial class MarkdownRules
{
    /// <summary>The findings in a cell, without the cell's number.</summary>
    public static IEnumerable<Finding> Check(string markdown, string notebookDirectory)
    {
        var document = JupyterMarkdown.Parse(markdown);
        foreach (var link in document.Descendants<LinkInline>())
        {
            var url = link.Url ?? "";
            var line = link.Line + 1;
            if (!Exists(url, notebookDirectory))
            {
                yield return link.IsImage
                    ? new Finding("picture", $"The picture {url} is not there.", Line: line)
                    : new Finding("link", $"The link leads to {url}, which is not there.", Line: line);
            }

            if (link.IsImage && !link.Descendants().Any(part => part is LiteralInline or CodeInline))
                yield return Alternative(url, line);
        }

        foreach (var (html, line) in HtmlOf(document))
        {
            foreach (Match image in Image().Matches(html))
            {
                var source = Source().Match(image.Value).Groups["url"].Value;
                if (!Alt().IsMatch(image.Value)) yield return Alternative(source, line);
                if (!Exists(source, notebookDirectory))
                    yield return new Finding("picture", $"The picture {source} is not there.", Line: line);
            }
        }
    }

    private static Finding Alternative(string url, int line) =>
        new("alt-text", $"The picture {url} has no alternative text. Write ![what it shows]({url}).", Line: line);

    private static bool Exists(string url, string notebookDirectory)
    {
        if (url.Length == 0) return false;
        if (url[0] == '#' || (Uri.TryCreate(url, UriKind.Absolute, out var absolute) && !absolute.IsFile)) return true;
        var path = Path.Combine(notebookDirectory, Uri.UnescapeDataString(url.Split('#', '?')[0]));
        return File.Exists(path) || Directory.Exists(path);
    }

    private static IEnumerable<(string Html, int Line)> HtmlOf(MarkdownDocument markdown) =>
        markdown.Descendants<HtmlBlock>().Select(block => (block.Lines.ToString(), block.Line + 1))
            .Concat(markdown.Descendants<HtmlInline>().Select(inline => (inline.Tag, inline.Line + 1)));

    [GeneratedRegex(@"<img\b[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Image();

    [GeneratedRegex("""\balt\s*=\s*["'][^"']*\S""", RegexOptions.IgnoreCase)]
    private static partial Regex Alt();

    [GeneratedRegex("""\bsrc\s*=\s*["'](?<url>[^"']*)""", RegexOptions.IgnoreCase)]
    private static partial Regex Source();
}
