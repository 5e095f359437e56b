using static System.IO.Path;

namespace Workshop.Lessons;

/// <summary>A notebook's file and what its name says: <c>03-threads.ja.ipynb</c> is lesson 3 in Japanese.</summary>
internal sealed partial class NotebookFile(string path)
{
    private readonly Match _name = NamePattern().Match(GetFileName(path));

    public string Path { get; } = GetFullPath(path);
    public string Directory => GetDirectoryName(Path)!;
    public string FileName => GetFileName(Path);
    public string Name => GetFileNameWithoutExtension(Path);

    /// <summary>The name without the language; the editions of a notebook share it.</summary>
    public string Topic => Language is null ? Name : GetFileNameWithoutExtension(Name);

    /// <summary>The language in the name, null for English.</summary>
    public string? Language => _name.Groups["language"] is { Success: true, Value: var language } ? language : null;
    public bool IsLesson => Number is not null;

    /// <summary>The number of the lesson, null for other notebooks.</summary>
    public int? Number =>
        _name.Groups["number"] is { Success: true, Value: var number } ? int.Parse(number, CultureInfo.InvariantCulture) : null;

    /// <summary>The path as a reader would type it here, with forward slashes.</summary>
    public string DisplayPath => GetRelativePath(Environment.CurrentDirectory, Path) is var relative
        && relative.StartsWith("..", StringComparison.Ordinal) ? Path : relative.Replace(DirectorySeparatorChar, '/');

    [GeneratedRegex(@"^(?:(?<number>\d\d)-)?.*?(?:\.(?<language>[a-z]{2}))?\.ipynb$")]
    private static partial Regex NamePattern();
}
