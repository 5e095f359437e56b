namespace Workshop.Running;

/// <summary>Takes this machine's paths out of what is saved or handed out: they tell others nothing, and tell them who ran it.</summary>
internal sealed class MachinePaths
{
    private readonly List<(Regex Pattern, string Replacement)> _rules = [];

    public MachinePaths(string? repositoryRoot)
    {
        if (repositoryRoot is not null) Add(repositoryRoot, "", withSeparator: true);
        if (repositoryRoot is not null) Add(repositoryRoot, ".", withSeparator: false);
        Add(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "~", withSeparator: false);
        Add(Path.GetTempPath(), "(temporary folder)", withSeparator: false);
    }

    public string Hide(string text)
    {
        foreach (var (pattern, replacement) in _rules) text = pattern.Replace(text, replacement);
        return text;
    }

    private void Add(string path, string replacement, bool withSeparator)
    {
        path = Path.TrimEndingDirectorySeparator(path);
        // A root such as / or C:\ is part of everything.
        if (path.Length < 4) return;
        var end = withSeparator ? @"[\\/]" : @"(?![\w.-])";
        _rules.Add((new Regex($@"(?<![\w.\\/-]){Regex.Escape(path)}{end}", RegexOptions.CultureInvariant), replacement));
    }
}
