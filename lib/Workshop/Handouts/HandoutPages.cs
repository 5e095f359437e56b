namespace Workshop.Handouts;

/// <summary>The pages of a folder: how each is called, which stand around it, and where links between them lead.</summary>
internal sealed class HandoutPages
{
    /// <summary>The names, without their ending, of texts beside the notebooks that are pages too.</summary>
    private static readonly string[] TextNames = ["glossary", "cheatsheet"];

    private readonly Dictionary<string, string> _names = [];
    private readonly HashSet<string> _anchors = [];
    private readonly string? _repositoryRoot;

    /// <summary>Pages, or chapters of one book, in which links and anchors are. Paths that are shown are relative to the root.</summary>
    public HandoutPages(IReadOnlyList<NotebookFile> files, string? repositoryRoot, bool isBook = false)
    {
        (Files, _repositoryRoot, IsBook) = (files, repositoryRoot, isBook);
        var folders = files.Select(file => file.Directory).Distinct().ToList();
        Texts = [.. TextNames.Select(name => (name, folders.Select(folder => Path.Combine(folder, $"{name.ToUpperInvariant()}.md"))
            .FirstOrDefault(File.Exists))).Where(text => text.Item2 is not null).Select(text => (text.name, text.Item2!))];

        // A notebook may be called as the index or as one of another folder, and a file system may ignore case.
        var taken = new HashSet<string>([.. TextNames, .. DocumentPage.Names, "index", YourPage.Name], StringComparer.OrdinalIgnoreCase);
        foreach (var file in files)
        {
            var name = file.Name;
            for (var n = 2; !taken.Add(name); n++) name = $"{file.Name}-{n}";
            _names[file.Path] = name + ".html";
        }
    }

    public IReadOnlyList<NotebookFile> Files { get; }
    public bool IsBook { get; }

    /// <summary>The texts beside the notebooks that are there: their pages' names and their paths.</summary>
    public IReadOnlyList<(string Name, string Path)> Texts { get; }

    public bool Have(NotebookFile file) => _names.ContainsKey(file.Path);

    public string NameOf(NotebookFile file) => _names[file.Path];

    public string UrlOf(NotebookFile file) => Uri.EscapeDataString(NameOf(file));

    /// <summary>Where a link to a place in a notebook leads; in a book, to the chapter.</summary>
    public string LinkTo(NotebookFile file, string? anchor) =>
        IsBook ? $"#{AnchorOf(file)}" : UrlOf(file) + (anchor is null ? "" : $"#{anchor}");

    /// <summary>Where a notebook begins in a book.</summary>
    public static string AnchorOf(NotebookFile file) => $"chapter-{file.Name}";

    /// <summary>The headings and anchors of a page; chapters share theirs, since a document has each only once.</summary>
    public PageHeadings Headings() => new(IsBook ? _anchors : null);

    /// <summary>The lesson in the same language before the given one (−1) or after it (+1); null at the ends.</summary>
    public NotebookFile? Neighbour(NotebookFile file, int step)
    {
        var edition = Files.Where(page => page.Language == file.Language).ToList();
        return edition.ElementAtOrDefault(edition.FindIndex(page => page.Path == file.Path) + step);
    }

    /// <summary>What a page links to above its text.</summary>
    public IEnumerable<PageLink> Links(HandoutTexts texts) => Texts.Select(text => text.Name).Append(YourPage.Name)
        .Select(name => new PageLink($"{name}.html", texts[name]));

    /// <summary>
    /// Where a link leads from the page of a file in this folder: to an address, or nowhere, and then the path is shown where there is one.
    /// </summary>
    public (string? Url, string Path) Resolve(string url, string folder)
    {
        if (url.StartsWith('#') || Uri.TryCreate(url, UriKind.Absolute, out var uri) && !uri.IsFile) return (url, url);
        var parts = url.Split('#', 2);
        var path = Uri.UnescapeDataString(parts[0]);
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal)) return (null, url);
        var full = Path.GetFullPath(Path.Combine(folder, path));
        if (Files.FirstOrDefault(file => file.Path == full) is { } notebook) return (LinkTo(notebook, parts.ElementAtOrDefault(1)), url);
        if (Texts.FirstOrDefault(text => text.Path == full) is { Name: { } name })
            return IsBook ? (null, "") : ($"{name}.html" + (parts.Length > 1 ? "#" + parts[1] : ""), url);
        return (null, Shown(full, _repositoryRoot) ?? Shown(full, folder) ?? path);
    }

    // A path from the root on tells nothing of a machine only where it leads into the folder.
    private static string? Shown(string path, string? root)
    {
        if (root is null) return null;
        var shown = Path.GetRelativePath(root, path).Replace('\\', '/');
        return shown.StartsWith("..", StringComparison.Ordinal) ? null : shown;
    }

    public NotebookFile? OtherLanguage(NotebookFile file) => Files.FirstOrDefault(
        page => page.Topic == file.Topic && page.Directory == file.Directory && page.Language != file.Language);
}

/// <summary>A link to a page, its address being fit for an attribute.</summary>
internal sealed record PageLink(string Url, string Name);
