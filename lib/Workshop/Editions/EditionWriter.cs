using Workshop.Handouts;

namespace Workshop.Editions;

/// <summary>Writes an edition of the lessons: notebooks that run, their pictures and exercises, and pages to print.</summary>
internal sealed class EditionWriter(Repository repository, Edition edition, string path)
{
    private readonly EditionFolder _folder = new(path, edition);

    /// <returns>A sentence for each picture that a notebook wants to show and that its page cannot.</returns>
    public IReadOnlyList<string> Write()
    {
        var lessons = NotebookFiles.Lessons(repository.Notebooks);
        foreach (var lesson in lessons)
        {
            var document = NotebookDocument.Load(lesson.Path);
            document.Cut(edition, RootFrom("notebooks"));
            _folder.Add($"notebooks/{lesson.FileName}", document.ToBytes());
        }

        foreach (var text in new HandoutPages(lessons, repository.Root).Texts)
            _folder.Add($"notebooks/{Path.GetFileName(text.Path)}", File.ReadAllBytes(text.Path));
        Copy("images", content => content);
        var (here, there) = ("../../", RootFrom("notebooks/exercises") + "/");
        Copy("exercises", content => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(content)
            .Replace($"{here}lib/", $"{there}lib/", StringComparison.Ordinal)
            .Replace($"{here}Directory.", $"{there}Directory.", StringComparison.Ordinal)));

        var pages = new HandoutWriter(
            Path.Combine(path, "pages"), lessons, repository.Root, edition, (name, content) => _folder.Add($"pages/{name}", content));
        var problems = lessons.SelectMany(lesson => pages.WriteSaved(lesson)).ToList();
        pages.WriteIndex();
        _folder.Save();
        return problems;
    }

    // The files of a folder beside the notebooks, not what a run leaves in folders below.
    private void Copy(string name, Func<byte[], byte[]> change)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(repository.Notebooks, name)))
            _folder.Add($"notebooks/{name}/{Path.GetFileName(file)}", change(File.ReadAllBytes(file)));
    }

    private string RootFrom(string folder) =>
        Path.GetRelativePath(RealPath.Of(Path.Combine(path, folder)), RealPath.Of(repository.Root)).Replace('\\', '/');
}
