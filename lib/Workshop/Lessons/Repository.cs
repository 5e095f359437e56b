namespace Workshop.Lessons;

/// <summary>The clone that the program works in.</summary>
internal sealed class Repository
{
    private const string Landmark = "ConcurrencyNotebooks.sln";

    private Repository(string root) => Root = root;

    public string Root { get; }
    public string Notebooks => Path.Combine(Root, "notebooks");
    public string Editions => Path.Combine(Root, "editions");
    public string Handouts => Path.Combine(Root, "handouts");

    /// <summary>
    /// Finds the clone from the current directory upwards, else from the program's own: so it works from anywhere in a
    /// clone, and from anywhere else with the clone that the program was built in.
    /// </summary>
    public static Repository? Find() => FindFrom(Environment.CurrentDirectory) ?? FindFrom(AppContext.BaseDirectory);

    public static Repository Require() => Find() ?? throw new InputException(
        $"Neither this folder nor the program's is in a clone of Concurrency Notebooks ({Landmark} is in no folder above). " +
        "Change into a clone, or name the notebooks to use.");

    public bool HasNotebook(NotebookFile file) => file.Directory == Path.TrimEndingDirectorySeparator(Notebooks);

    private static Repository? FindFrom(string directory)
    {
        var folder = new DirectoryInfo(directory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, Landmark))) folder = folder.Parent;
        return folder is null ? null : new Repository(folder.FullName);
    }
}
