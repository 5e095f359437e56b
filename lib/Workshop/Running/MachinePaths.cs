namespace Workshop.Running;

/// <summary>Takes this machine's paths out of what is saved or handed out: they tell others nothing, and tell them who ran it.</summary>
internal sealed class MachinePaths
{
    private const string End = @"(?![\w.-])";

    private readonly List<(Regex Pattern, string Replacement)> _rules = [];

    public MachinePaths(string? repositoryRoot)
    {
        Add(repositoryRoot, @"[\\/]", "");
        Add(repositoryRoot, End, ".");
        Add(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), End, "~");
        Add(Path.GetTempPath(), End, "(temporary folder)");
    }

    public string Hide(string text) => _rules.Aggregate(text, (hidden, rule) => rule.Pattern.Replace(hidden, rule.Replacement));

    private void Add(string? path, string end, string replacement)
    {
        path = Path.TrimEndingDirectorySeparator(path ?? "");
        if (path.Length < 4) return; // A root such as / or C:\ is part of everything.
        _rules.Add((new Regex($@"(?<![\w.\\/-]){Regex.Escape(path)}{end}", RegexOptions.CultureInvariant), replacement));
    }
}
