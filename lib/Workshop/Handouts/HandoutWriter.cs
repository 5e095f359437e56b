using System.Text;
using Workshop.Lessons;

namespace Workshop.Handouts;

/// <summary>Writes pages and their index into a folder, each file whole or not at all.</summary>
/// <param name="directory">The folder; made when it is needed.</param>
/// <param name="files">The notebooks that have or get a page there, in order; pages link to each other.</param>
/// <param name="repositoryRoot">The clone, for paths that are shown.</param>
internal sealed class HandoutWriter(string directory, IReadOnlyList<NotebookFile> files, string? repositoryRoot)
{
    private readonly HandoutPages _pages = new(files);
    private readonly Dictionary<string, HandoutPage> _written = [];

    /// <summary>The index.</summary>
    public string IndexPath => Path.Combine(directory, "index.html");

    /// <summary>Whether a notebook has or gets a page there; others must not be written.</summary>
    public bool HasPage(NotebookFile file) => _pages.Have(file);

    /// <summary>Writes a notebook's page.</summary>
    /// <returns>A sentence for each picture that the notebook wants to show and that the page cannot.</returns>
    /// <exception cref="InputException">The folder cannot be written to.</exception>
    public IReadOnlyList<string> Write(HandoutSource source)
    {
        var page = new HandoutPage(source with { RepositoryRoot = repositoryRoot }, _pages);
        WriteFile(PagePath(source.File), Encoding.UTF8.GetBytes(page.Content));
        if (page.HasFigures && Figures.PlotlyJs is { } plotly) WriteFile(Path.Combine(directory, Figures.FileName), plotly);
        _written[source.File.Path] = page;
        return page.PictureProblems;
    }

    /// <summary>Writes a page from the outputs that are saved in the notebook.</summary>
    /// <returns>A sentence for each picture that the page cannot show.</returns>
    /// <exception cref="NotebookFormatException">The file is no notebook.</exception>
    public IReadOnlyList<string> WriteSaved(NotebookFile file) => Write(Saved(file));

    /// <summary>
    /// Writes the index, and before it a page from the saved outputs for each notebook that has none yet, so that no
    /// link leads nowhere. Pages of earlier runs stay, and the index names them without their claims.
    /// </summary>
    /// <exception cref="InputException">The folder cannot be written to.</exception>
    public void WriteIndex()
    {
        var pages = new List<HandoutPage>();
        foreach (var file in files)
        {
            try
            {
                pages.Add(Page(file));
            }
            catch (Exception exception) when (exception is NotebookFormatException or IOException or UnauthorizedAccessException)
            {
                // The notebook cannot be read, which its own run or check reports; the index is about the others.
            }
        }

        WriteFile(IndexPath, Encoding.UTF8.GetBytes(IndexPage.ToHtml(pages)));
    }

    private HandoutPage Page(NotebookFile file)
    {
        if (!File.Exists(PagePath(file))) WriteSaved(file);
        return _written.TryGetValue(file.Path, out var page) ? page : new HandoutPage(Saved(file) with { IsEarlier = true }, _pages);
    }

    private static HandoutSource Saved(NotebookFile file) => new(file, NotebookDocument.Load(file.DisplayPath));

    private string PagePath(NotebookFile file) => Path.Combine(directory, _pages.NameOf(file));

    private void WriteFile(string path, byte[] content)
    {
        try
        {
            Directory.CreateDirectory(directory);
            AtomicFile.Write(path, content);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"The handout {path} was not written: {exception.Message} " +
                "Check that the folder is writable and has room, or choose another with --handouts.");
        }
    }
}
