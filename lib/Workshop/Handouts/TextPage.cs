namespace Workshop.Handouts;

/// <summary>A text in Markdown as a page of its own, linked from every page, or from the index for those who teach or maintain.</summary>
internal sealed record TextPage(string Name, string Path, string Kind = "document", string Who = "", string What = "")
{
    /// <summary>Texts beside the notebooks.</summary>
    private static readonly string[] Beside = ["glossary", "cheatsheet"];

    private static readonly TextPage[] Documents =
    [
        new("workshop", "notebooks/WORKSHOP.md", Who: "Teach", What: "with the timing plan of a workshop"),
        new("contributing", "CONTRIBUTING.md", Who: "Maintain", What: "with the guide for contributors"),
    ];

    /// <summary>The names of all that there may be.</summary>
    public static IEnumerable<string> Names => [.. Beside, .. Documents.Select(document => document.Name)];

    public string Url => $"{Name}.html";

    /// <summary>The texts in the folders of notebooks.</summary>
    public static IReadOnlyList<TextPage> In(IReadOnlyList<string> folders) =>
    [
        .. from name in Beside
           let path = folders.Select(folder => System.IO.Path.Combine(folder, $"{name.ToUpperInvariant()}.md")).FirstOrDefault(File.Exists)
           where path is not null
           select new TextPage(name, path, Kind: name),
    ];

    /// <summary>The documents that a repository has; none for students, who need neither.</summary>
    public static IReadOnlyList<TextPage> Of(string? repositoryRoot, Edition edition) =>
        repositoryRoot is null || edition == Edition.Student ? [] : [.. Documents
            .Select(document => document with { Path = System.IO.Path.GetFullPath(document.Path, repositoryRoot) })
            .Where(document => File.Exists(document.Path))];

    public string ToHtml(HandoutPages pages)
    {
        var (t, folder, headings) = (HandoutTexts.For(null), System.IO.Path.GetDirectoryName(Path)!, new PageHeadings());
        var gate = new NotebookHtml(folder, headings, t, url => pages.Resolve(url, folder));
        var body = $"<div class=\"md\">\n{gate.OfMarkdown(File.ReadAllText(Path))}</div>\n";
        return pages.Frame(t, headings.Title ?? System.IO.Path.GetFileName(Path), body, headings.Contents, new { kind = Kind });
    }
}
