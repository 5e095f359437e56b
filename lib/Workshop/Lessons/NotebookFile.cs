namespace Workshop.Lessons;

/// <summary>A notebook's file and what its name says: <c>03-threads.ja.ipynb</c> is lesson 3 in Japanese.</summary>
internal sealed partial class NotebookFile(string path)
{
    private readonly Match _name = NamePattern().Match(System.IO.Path.GetFileName(path));

    public string Path { get; } = System.IO.Path.GetFullPath(path);
    public string Directory => System.IO.Path.GetDirectoryName(Path)!;
    public string FileName => System.IO.Path.GetFileName(Path);
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>The name without the language; the editions of a notebook share it.</summary>
    public string Topic => Language is null ? Name : System.IO.Path.GetFileNameWithoutExtension(Name);

    /// <summary>The language in the name, null for English.</summary>
    public string? Language => _name.Groups["language"] is { Success: true, Value: var language } ? language : null;

    /// <summary>Whether it is a lesson of the tutorial, by the number in its name.</summary>
    public bool IsLesson => Number is not null;

    /// <summary>The number of the lesson, null for other notebooks.</summary>
    public int? Number =>
        _name.Groups["number"] is { Success: true, Value: var number } ? int.Parse(number, CultureInfo.InvariantCulture) : null;

    /// <summary>The path as a reader would type it here, with forward slashes.</summary>
    public string DisplayPath
    {
        get
        {
            var relative = System.IO.Path.GetRelativePath(Environment.CurrentDirectory, Path);
            return relative.StartsWith("..", StringComparison.Ordinal) ? Path : relative.Replace('\\', '/');
        }
    }

    [GeneratedRegex(@"^(?:(?<number>\d\d)-)?.*?(?:\.(?<language>[a-z]{2}))?\.ipynb$")]
    private static partial Regex NamePattern();
}
