namespace Workshop.Checking;

/// <summary>Links lead somewhere, pictures are there, and each has a text for readers who cannot see it.</summary>
internal static class MarkdownRules
{
    public static IEnumerable<Finding> Check(string markdown, string notebookDirectory)
    {
        var lines = markdown.Split('\n').ToList();
        foreach (var element in HtmlReader.Read(JupyterMarkdown.ToHtml(markdown)).QuerySelectorAll("a[href], img"))
        {
            var isPicture = element.LocalName == "img";
            var url = element.GetAttribute(isPicture ? "src" : "href") ?? "";
            var line = lines.FindIndex(text => text.Contains(url, StringComparison.Ordinal)) is >= 0 and var index ? index + 1 : (int?)null;
            if (!Exists(url, notebookDirectory))
            {
                var (rule, problem) = isPicture ? ("picture", $"The picture {url}") : ("link", $"The link leads to {url}, which");
                yield return new(rule, $"{problem} is not there.", Line: line);
            }

            if (isPicture && string.IsNullOrWhiteSpace(element.GetAttribute("alt")))
                yield return new("alt-text", $"The picture {url} has no alternative text. Write ![what it shows]({url}).", Line: line);
        }
    }

    private static bool Exists(string url, string notebookDirectory)
    {
        if (url.Length == 0) return false;
        if (url[0] == '#' || (Uri.TryCreate(url, UriKind.Absolute, out var absolute) && !absolute.IsFile)) return true;
        var path = Path.Combine(notebookDirectory, Uri.UnescapeDataString(url.Split('#', '?')[0]));
        return File.Exists(path) || Directory.Exists(path);
    }
}
