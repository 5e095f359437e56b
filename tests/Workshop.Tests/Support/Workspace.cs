namespace Workshop.Tests;

/// <summary>A folder of its own for a test, with a space and Japanese in its name, as a reader's may have.</summary>
public sealed class Workspace : IDisposable
{
    public Workspace() => Directory.CreateDirectory(Folder);

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"workshop tests ノート {Guid.NewGuid():N}");

    /// <summary>What the programs that a test starts here find in their environment, besides its own.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>What the programs are started by, such as <c>taskset</c> and its arguments; empty for nothing.</summary>
    public string[] Launcher { get; set; } = [];

    public string this[string name] => Path.Combine(Folder, name);

    public static string TestFile(params string[] parts) => Path.Combine([AppContext.BaseDirectory, .. parts]);

    public string Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], text);
        return this[name];
    }

    public string WriteNotebook(string name, params NotebookCellText[] cells) => Write(name, NotebookText.Of(cells));

    /// <summary>A copy of a file beside the tests, so that a run cannot change the original.</summary>
    public string Copy(params string[] parts) => Write(parts[^1], File.ReadAllText(TestFile(parts)));

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
