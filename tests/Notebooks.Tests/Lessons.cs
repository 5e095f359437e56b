using Workshop.Lessons;

namespace Notebooks.Tests;

internal static class Lessons
{
    public static string Folder { get; } = Repository.Require().Notebooks;

    public static IReadOnlyList<NotebookFile> All { get; } = NotebookFiles.Lessons(Folder);

    /// <summary>Without the translations, whose names have a further part: <c>01-three-models.ja.ipynb</c>.</summary>
    public static IEnumerable<NotebookFile> English => All.Where(file => !file.Name.Contains('.', StringComparison.Ordinal));

    public static NotebookFile Named(string name) => All.Single(file => file.Name == name);
}
