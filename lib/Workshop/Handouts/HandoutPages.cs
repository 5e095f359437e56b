namespace Workshop.Handouts;

/// <summary>The pages of a folder: how each is called, and which stand around it.</summary>
internal sealed class HandoutPages
{
    private readonly Dictionary<string, string> _names = [];
    private readonly HashSet<string> _anchors = [];

    /// <param name="files">The notebooks.</param>
    /// <param name="isBook">Whether the pages are chapters of one document, in which links and anchors are.</param>
    public HandoutPages(IReadOnlyList<NotebookFile> files, bool isBook = false)
    {
        (Files, IsBook) = (files, isBook);

        // A notebook may be called as the index or as one of another folder, and a file system may ignore case.
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "index" };
        foreach (var file in files)
        {
            var name = file.Name;
            for (var n = 2; !taken.Add(name); n++) name = $"{file.Name}-{n}";
            _names[file.Path] = name + ".html";
        }
    }

    public IReadOnlyList<NotebookFile> Files { get; }
    public bool IsBook { get; }

    public bool Have(NotebookFile file) => _names.ContainsKey(file.Path);

    public string NameOf(NotebookFile file) => _names[file.Path];

    public string UrlOf(NotebookFile file) => Uri.EscapeDataString(NameOf(file));

    /// <summary>Where a link to a place in a notebook leads; in a book, to the chapter.</summary>
    public string LinkTo(NotebookFile file, string? anchor) =>
        IsBook ? $"#{AnchorOf(file)}" : UrlOf(file) + (anchor is null ? "" : $"#{anchor}");

    /// <summary>Where a notebook begins in a book.</summary>
    public static string AnchorOf(NotebookFile file) => $"chapter-{file.Name}";

    /// <summary>The headings and anchors of a page; chapters share theirs, since a document has each only once.</summary>
    public PageHeadings Headings() => IsBook ? new PageHeadings(_anchors) : new PageHeadings([]);

    /// <summary>The lesson in the same language before the given one (−1) or after it (+1); null at the ends.</summary>
    public NotebookFile? Neighbour(NotebookFile file, int step)
    {
        var edition = Files.Where(page => page.Language == file.Language).ToList();
        return edition.ElementAtOrDefault(edition.FindIndex(page => page.Path == file.Path) + step);
    }

    public NotebookFile? OtherLanguage(NotebookFile file) => Files.FirstOrDefault(
        page => page.Topic == file.Topic && page.Directory == file.Directory && page.Language != file.Language);
}
