namespace Workshop.Handouts;

/// <summary>The pages of a folder: how each is called, and which stand around it.</summary>
internal sealed class HandoutPages
{
    private readonly Dictionary<string, string> _names = [];

    public HandoutPages(IReadOnlyList<NotebookFile> files)
    {
        Files = files;

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

    public bool Have(NotebookFile file) => _names.ContainsKey(file.Path);

    public string NameOf(NotebookFile file) => _names[file.Path];

    public string UrlOf(NotebookFile file) => Uri.EscapeDataString(NameOf(file));

    /// <summary>The lesson in the same language before the given one (−1) or after it (+1); null at the ends.</summary>
    public NotebookFile? Neighbour(NotebookFile file, int step)
    {
        var edition = Files.Where(page => page.Language == file.Language).ToList();
        return edition.ElementAtOrDefault(edition.FindIndex(page => page.Path == file.Path) + step);
    }

    public NotebookFile? OtherLanguage(NotebookFile file) => Files.FirstOrDefault(
        page => page.Topic == file.Topic && page.Directory == file.Directory && page.Language != file.Language);
}
