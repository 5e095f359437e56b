namespace Workshop.Watching;

/// <summary>What of a notebook's state is still right after a save.</summary>
internal static partial class Changes
{
    /// <summary>
    /// How many of the first code cells are as they were, in code and in what a run makes of them: a cell that was put in, taken out or
    /// moved counts at its place.
    /// </summary>
    public static int CountSame(IEnumerable<NotebookCell> before, IEnumerable<NotebookCell> now) =>
        before.Zip(now).TakeWhile(pair => Key(pair.First) == Key(pair.Second)).Count();

    /// <summary>
    /// What a process has loaded and cannot unload: the lines that name libraries and scripts, each with the time at which its file was
    /// written, for a library the newest in its folder, since it loads those beside it.
    /// </summary>
    public static IReadOnlyList<string> Loaded(NotebookDocument document, string directory) =>
    [
        .. document.CodeCells.SelectMany(cell => Directive().Matches(cell.Source))
            .Select(line => $"{line.Value.Trim()} {WrittenAt(line.Groups["path"].Value, directory):O}"),
    ];

    private static DateTime? WrittenAt(string reference, string directory)
    {
        try
        {
            var path = Path.Combine(directory, reference);
            if (!File.Exists(path)) return null; // A package, or nothing yet.
            return path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
                ? Directory.EnumerateFiles(Path.GetDirectoryName(path)!, "*.dll").Max(File.GetLastWriteTimeUtc)
                : File.GetLastWriteTimeUtc(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null; // The cell itself will say what is wrong.
        }
    }

    private static (string, bool, bool, string?) Key(NotebookCell cell) =>
        (cell.Source.ReplaceLineEndings("\n").TrimEnd(), cell.IsOptional, cell.ExpectsError, cell.OtherLanguage);

    [GeneratedRegex("""^[ \t]*#(?:r|load)[ \t]+"(?<path>[^"\n]*)".*$""", RegexOptions.Multiline)]
    private static partial Regex Directive();
}
