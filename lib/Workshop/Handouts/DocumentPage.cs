namespace Workshop.Handouts;

/// <summary>A document of the repository as a page, to which the index leads those who teach and those who maintain.</summary>
internal sealed record DocumentPage(string Path, string Name, string Who, string What)
{
    private static readonly (string File, string Name, string Who, string What)[] All =
    [
        ("notebooks/WORKSHOP.md", "workshop", "Teach", "with the timing plan of a workshop"),
        ("CONTRIBUTING.md", "contributing", "Maintain", "with the guide for contributors"),
    ];

    /// <summary>The names of their pages, without the ending.</summary>
    public static IEnumerable<string> Names => All.Select(document => document.Name);

    /// <summary>The documents that a repository has; none for students, who need neither.</summary>
    public static IReadOnlyList<DocumentPage> In(string? repositoryRoot, Edition edition)
    {
        if (repositoryRoot is null || edition == Edition.Student) return [];
        return [.. from document in All
                   let path = System.IO.Path.GetFullPath(document.File, repositoryRoot)
                   where File.Exists(path)
                   select new DocumentPage(path, $"{document.Name}.html", document.Who, document.What)];
    }

    /// <summary>The document as a page; a link to a notebook leads to its page, and other paths are shown.</summary>
    public string ToHtml(HandoutPages pages) => TextPage.ToHtml("document", Path, pages);
}
