namespace Workshop.Handouts;

/// <summary>A document of the repository as a page, to which the index leads those who teach and those who maintain.</summary>
internal sealed record DocumentPage(string Path, string Name, string Who, string What)
{
    /// <summary>The names of their pages, without the ending.</summary>
    public static readonly string[] Names = ["workshop", "contributing"];

    /// <summary>The documents that a repository has; none for students, who need neither.</summary>
    public static IReadOnlyList<DocumentPage> In(string? repositoryRoot, Edition edition)
    {
        if (repositoryRoot is null || edition == Edition.Student) return [];
        DocumentPage[] all =
        [
            new(System.IO.Path.Combine(repositoryRoot, "notebooks", "WORKSHOP.md"),
                "workshop.html", "Teach", "with the timing plan of a workshop"),
            new(System.IO.Path.Combine(repositoryRoot, "CONTRIBUTING.md"),
                "contributing.html", "Maintain", "with the guide for contributors"),
        ];
        return [.. all.Where(document => File.Exists(document.Path))];
    }

    /// <summary>The document as a page; a link to a notebook leads to its page, and other paths are shown.</summary>
    public string ToHtml(HandoutPages pages) => TextPage.ToHtml("document", Path, pages);
}
