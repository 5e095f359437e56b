namespace Workshop.Handouts;

/// <summary>A document of the repository beside the notebooks' pages, to which the index leads those who teach and those who maintain.</summary>
internal sealed record DocumentPage(string Path, string Name, string Who, string What)
{
    /// <summary>The documents that a repository has; none for students, who need neither.</summary>
    public static IReadOnlyList<DocumentPage> In(string? repositoryRoot, Edition edition)
    {
        if (repositoryRoot is null || edition == Edition.Student) return [];
        DocumentPage[] all =
        [
            new(System.IO.Path.Combine(repositoryRoot, "notebooks", "WORKSHOP.md"), "workshop.html", "Teach", "with the timing plan of a workshop"),
            new(System.IO.Path.Combine(repositoryRoot, "CONTRIBUTING.md"), "contributing.html", "Maintain", "with the guide for contributors"),
        ];
        return [.. all.Where(document => File.Exists(document.Path))];
    }

    /// <summary>The document as a page; a link to a notebook leads to its page, and other paths are shown.</summary>
    public string ToHtml(HandoutPages pages, string repositoryRoot)
    {
        var texts = HandoutTexts.For(null);
        var headings = pages.Headings();
        var folder = System.IO.Path.GetDirectoryName(Path)!;
        var gate = new NotebookHtml(new Pictures(folder, texts), headings, texts, Resolve);
        var body = $"<div class=\"md\">{gate.OfMarkdown(File.ReadAllText(Path))}</div>";
        var title = headings.Title ?? Name;
        return Template.Render("page", new
        {
            t = texts,
            body,
            head = Template.Head(texts["Language"], $"{title} – {texts["Site"]}", title),
            contents = headings.Contents.Where(heading => heading.Level is 2 or 3),
            isDocument = true,
            scripts = "",
        });

        (string? Url, string Path) Resolve(string url)
        {
            if (url.StartsWith('#') || (Uri.TryCreate(url, UriKind.Absolute, out var uri) && !uri.IsFile)) return (url, url);
            var full = System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, url.Split('#')[0]));
            return pages.Files.FirstOrDefault(file => file.Path == full) is { } notebook
                ? (pages.UrlOf(notebook), url)
                : (null, System.IO.Path.GetRelativePath(repositoryRoot, full).Replace('\\', '/'));
        }
    }
}
