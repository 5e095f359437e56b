namespace Workshop.Handouts;

/// <summary>The pages of a folder: how each is called, which stand around it, and where links between them lead.</summary>
internal sealed class HandoutPages
{
    private readonly Dictionary<string, string> _names = [];
    private readonly HashSet<string> _anchors = ["content", "claims"];
    private readonly string? _repositoryRoot;

    /// <summary>Pages, or chapters of one book, in which links and anchors are. Paths that are shown are relative to the root.</summary>
    public HandoutPages(IReadOnlyList<NotebookFile> files, string? repositoryRoot, bool isBook = false)
    {
        (Files, _repositoryRoot, IsBook) = (files, repositoryRoot, isBook);
        Texts = TextPage.In([.. files.Select(file => file.Directory).Distinct()]);

        // A notebook may be called as the index or as one of another folder, and a file system may ignore case.
        var taken = new HashSet<string>([.. TextPage.Names, "index", YourPage.Name], StringComparer.OrdinalIgnoreCase);
        foreach (var file in files)
        {
            var name = file.Name;
            for (var n = 2; !taken.Add(name); n++) name = $"{file.Name}-{n}";
            _names[file.Path] = name + ".html";
        }
    }

    public IReadOnlyList<NotebookFile> Files { get; }
    public bool IsBook { get; }
    public IReadOnlyList<TextPage> Texts { get; }

    public bool Have(NotebookFile file) => _names.ContainsKey(file.Path);

    public string NameOf(NotebookFile file) => _names[file.Path];

    public string UrlOf(NotebookFile file) => Uri.EscapeDataString(NameOf(file));

    public static string AnchorOf(NotebookFile file) => $"chapter-{file.Name}";

    /// <summary>The headings and anchors of a page; chapters share theirs, since a document has each only once.</summary>
    public PageHeadings Headings() => new(IsBook ? _anchors : null);

    /// <summary>The lesson in the same language before the given one (−1) or after it (+1); null at the ends.</summary>
    public PageLink? Neighbour(NotebookFile file, int step)
    {
        var edition = Files.Where(page => page.Language == file.Language).ToList();
        var found = edition.ElementAtOrDefault(edition.FindIndex(page => page.Path == file.Path) + step);
        return found is null ? null : new PageLink(UrlOf(found), found.Name);
    }

    public string? OtherLanguage(NotebookFile file) => Files.FirstOrDefault(page =>
        page.Topic == file.Topic && page.Directory == file.Directory && page.Language != file.Language) is { } other ? UrlOf(other) : null;

    /// <summary>What a page links to above its text.</summary>
    public IEnumerable<PageLink> Links(HandoutTexts texts) => Texts.Select(text => text.Name).Append(YourPage.Name)
        .Select(name => new PageLink($"{name}.html", texts[name]));

    /// <summary>A whole page; <c>about</c> has what only some pages have.</summary>
    public string Frame(
        HandoutTexts t, string title, string body, IEnumerable<Heading> headings, object about, string? nonce = null, string scripts = "")
    {
        var head = Template.Head(t["Language"], $"{title} – {t["Site"]}", title, nonce);
        var contents = headings.Where(heading => heading.Level is 2 or 3);
        return Template.Render("page", new { t, head, body, about, contents, scripts, links = Links(t) });
    }

    /// <summary>
    /// Where a link leads from the page of a file in this folder: to an address, or nowhere, and then the path is shown where there is one.
    /// </summary>
    public (string? Url, string Path) Resolve(string url, string folder)
    {
        if (url.StartsWith('#') || Uri.TryCreate(url, UriKind.Absolute, out var uri) && !uri.IsFile) return (url, url);
        var parts = url.Split('#', 2);
        var (path, place) = (Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? $"#{parts[1]}" : "");
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal)) return (null, url);
        var full = Path.GetFullPath(Path.Combine(folder, path));
        if (Files.FirstOrDefault(file => file.Path == full) is { } notebook)
            return (IsBook ? $"#{AnchorOf(notebook)}" : UrlOf(notebook) + place, url);
        if (Texts.FirstOrDefault(text => text.Path == full) is { } text) return IsBook ? (null, "") : (text.Url + place, url);
        return (null, Shown(full, _repositoryRoot) ?? Shown(full, folder) ?? path);
    }

    // A path from the root on tells nothing of a machine only where it leads into the folder.
    private static string? Shown(string path, string? root)
    {
        var shown = root is null ? ".." : Path.GetRelativePath(root, path).Replace('\\', '/');
        return shown.StartsWith("..", StringComparison.Ordinal) ? null : shown;
    }
}

/// <summary>A link to a page, its address being fit for an attribute.</summary>
internal sealed record PageLink(string Url, string Name);
