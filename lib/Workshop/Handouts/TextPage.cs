namespace Workshop.Handouts;

/// <summary>A text beside the notebooks, in Markdown, as a page of its own.</summary>
internal static class TextPage
{
    public static string ToHtml(string name, string path, HandoutPages pages)
    {
        var (t, folder, headings) = (HandoutTexts.For(null), Path.GetDirectoryName(path)!, new PageHeadings());
        var gate = new NotebookHtml(new Pictures(folder, t), headings, t, url => pages.Resolve(url, folder));
        var body = $"<div class=\"md\">\n{gate.OfMarkdown(File.ReadAllText(path))}</div>\n";
        return Frame(name, headings.Title ?? t[name], body, headings.Contents, pages);
    }

    /// <summary>A page that is no lesson.</summary>
    public static string Frame(
        string kind, string title, string body, IEnumerable<Heading> contents, HandoutPages pages, string? nonce = null, string scripts = "")
    {
        var t = HandoutTexts.For(null);
        return Template.Render("page", new
        {
            t,
            kind,
            body,
            scripts,
            head = Template.Head(t["Language"], $"{title} – {t["Site"]}", title, nonce),
            links = pages.Links(t),
            contents = contents.Where(heading => heading.Level is 2 or 3),
        });
    }
}
