namespace Workshop.Handouts;

/// <summary>
/// Writes pages of notebooks, and their index, into a folder, each file whole or not at all; where <c>write</c> is given, that gets
/// the name and the content of each file instead. Paths that are shown are relative to the repository.
/// </summary>
internal sealed class HandoutWriter(
    string directory,
    IReadOnlyList<NotebookFile> files,
    string? repositoryRoot,
    Edition edition = Edition.Reader,
    Action<string, byte[]>? write = null)
{
    private readonly HandoutPages _pages = new(files, repositoryRoot);
    private readonly Dictionary<string, HandoutPage> _written = [];

    public string IndexPath => Path.Combine(directory, "index.html");

    /// <summary>Whether a notebook has or gets a page there; others must not be written.</summary>
    public bool HasPage(NotebookFile file) => _pages.Have(file);

    /// <returns>A sentence for each picture that the notebook wants to show and that the page cannot.</returns>
    public IReadOnlyList<string> Write(HandoutSource source)
    {
        var page = new HandoutPage(source, _pages);
        WriteFile(_pages.NameOf(source.File), Encoding.UTF8.GetBytes(page.Content));
        if (page.HasFigures && Figures.PlotlyJs is { } plotly) WriteFile(Figures.FileName, plotly);
        _written[source.File.Path] = page;
        return page.PictureProblems;
    }

    /// <summary>Writes a page from the outputs that are saved in the notebook.</summary>
    public IReadOnlyList<string> WriteSaved(NotebookFile file) => Write(Saved(file));

    /// <summary>
    /// Writes the index, and before it a page from the saved outputs for each notebook that has none yet, so that no
    /// link leads nowhere. Pages of earlier runs stay, and the index names them without their claims.
    /// </summary>
    public void WriteIndex()
    {
        var pages = new List<HandoutPage>();
        foreach (var file in files)
        {
            try
            {
                pages.Add(Page(file));
            }
            catch (Exception exception) when (InputException.Explains(exception))
            {
                // The notebook cannot be read, which its own run or check reports; the index is about the others.
            }
        }

        var documents = DocumentPage.In(repositoryRoot, edition);
        foreach (var document in documents) WriteFile(document.Name, Encoding.UTF8.GetBytes(document.ToHtml(_pages)));
        foreach (var (name, path) in _pages.Texts) WriteFile($"{name}.html", Encoding.UTF8.GetBytes(TextPage.ToHtml(name, path, _pages)));
        WriteFile($"{YourPage.Name}.html", Encoding.UTF8.GetBytes(YourPage.ToHtml(pages, _pages)));
        WriteFile("index.html", Encoding.UTF8.GetBytes(IndexPage.ToHtml(pages, _pages, documents)));
    }

    private HandoutPage Page(NotebookFile file)
    {
        if (_written.TryGetValue(file.Path, out var written)) return written;
        if (!File.Exists(Path.Combine(directory, _pages.NameOf(file)))) WriteSaved(file);
        return _written.TryGetValue(file.Path, out var page) ? page : new HandoutPage(Saved(file) with { IsEarlier = true }, _pages);
    }

    private HandoutSource Saved(NotebookFile file) => HandoutSource.Saved(file, edition);

    private void WriteFile(string name, byte[] content)
    {
        if (write is not null)
        {
            write(name, content);
            return;
        }

        var path = Path.Combine(directory, name);
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
