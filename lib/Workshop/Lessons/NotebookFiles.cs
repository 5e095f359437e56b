namespace Workshop.Lessons;

/// <summary>Finds the notebooks that a command is about.</summary>
internal static class NotebookFiles
{
    /// <summary>The lessons of a folder, in order, found by the pattern <c>NN-*.ipynb</c>.</summary>
    public static IReadOnlyList<NotebookFile> Lessons(string folder) =>
        Directory.Exists(folder) ? [.. In(folder).Where(file => file.IsLesson)] : [];

    /// <summary>The notebooks that these paths name; a folder stands for the notebooks in it; none, for all lessons.</summary>
    public static IReadOnlyList<NotebookFile> Resolve(IReadOnlyList<string> paths)
    {
        if (paths.Count > 0) return [.. paths.SelectMany(Expand).DistinctBy(file => file.Path)];
        var folder = Repository.Require().Notebooks;
        return Lessons(folder) is { Count: > 0 } lessons
            ? lessons
            : throw new InputException($"There is no notebook named like 01-topic.ipynb in {folder}. Name the notebooks to use.");
    }

    private static IReadOnlyList<NotebookFile> Expand(string path)
    {
        if (Directory.Exists(path))
            return In(path) is { Count: > 0 } found ? found : throw new InputException($"There is no .ipynb file in the folder {path}.");
        if (File.Exists(path))
        {
            return path.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase)
                ? [new NotebookFile(path)]
                : throw new InputException($"{path} is not a notebook: its name must end in .ipynb.");
        }

        // 3 and 03 mean lesson 3, in English where it is there in several languages; 3-threads or threads may mean a lesson.
        var lessons = Repository.Find() is { } repository ? Lessons(repository.Notebooks) : [];
        if (int.TryParse(path, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && lessons.Where(file => file.Number == number).MinBy(file => file.Language is not null) is { } lesson)
        {
            return [lesson];
        }

        var wanted = Path.GetFileNameWithoutExtension(path).TrimStart('0');
        var similar = lessons.FirstOrDefault(file => wanted.Length > 0 && file.Name.Contains(wanted, StringComparison.OrdinalIgnoreCase));
        var suggestion = similar is null ? "" : $" Did you mean {similar.DisplayPath}?";
        throw new InputException(path.StartsWith('-')
            ? $"There is no option {path} here. Use --help to see what there is."
            : $"There is no file {path} (looked for {Path.GetFullPath(path)}).{suggestion}");
    }

    // Ordinal by name without the extension: 01-x before 01-x.ja before 02-y.
    private static List<NotebookFile> In(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*.ipynb").Where(IsNotebook)
            .Select(path => new NotebookFile(path)).OrderBy(file => file.Name, StringComparer.Ordinal),
    ];

    // A name that begins with a dot is a system's or an editor's, such as macOS's ._a.ipynb; a link may lead nowhere.
    private static bool IsNotebook(string path)
    {
        try
        {
            return !Path.GetFileName(path).StartsWith('.') && File.Exists(RealPath.Of(path));
        }
        catch (IOException)
        {
            return false; // Links that go round in a circle.
        }
    }
}
