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
        WriteFile(_pages.NameOf(source.File), page.Content);
        if (page.HasFigures && Figures.PlotlyJs is { } plotly) WriteFile(Figures.FileName, plotly);
        _written[source.File.Path] = page;
        return page.PictureProblems;
    }

    public IReadOnlyList<string> WriteSaved(NotebookFile file) => Write(HandoutSource.Saved(file, edition));

    /// <summary>
    /// Writes the index, and before it a page from the saved outputs for each notebook that has none yet, so that no
    /// link leads nowhere. Pages of earlier runs stay, and the index names them without their claims.
    /// </summary>
    public void WriteIndex()
    {
        List<HandoutPage> pages = [.. files.Select(Page).OfType<HandoutPage>()];
        var documents = TextPage.Of(repositoryRoot, edition);
        foreach (var text in documents.Concat(_pages.Texts)) WriteFile(text.Url, text.ToHtml(_pages));
        WriteFile($"{YourPage.Name}.html", YourPage.ToHtml(pages, _pages));
        WriteFile("index.html", IndexPage.ToHtml(pages, _pages, documents));
    }

    private HandoutPage? Page(NotebookFile file)
    {
        try
        {
            if (!_written.ContainsKey(file.Path) && !File.Exists(Path.Combine(directory, _pages.NameOf(file)))) WriteSaved(file);
            return _written.GetValueOrDefault(file.Path)
                ?? new HandoutPage(HandoutSource.Saved(file, edition) with { IsEarlier = true }, _pages);
        }
        catch (Exception exception) when (InputException.Explains(exception))
        {
            return null; // The notebook cannot be read, which its own run or check reports; the index is about the others.
        }
    }

    private void WriteFile(string name, string content) => WriteFile(name, Encoding.UTF8.GetBytes(content));

    private void WriteFile(string name, byte[] content)
    {
        var path = Path.Combine(directory, name);
        try
        {
            if (write is null) Directory.CreateDirectory(directory);
            if (write is null) AtomicFile.Write(path, content);
            else write(name, content);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"The handout {path} was not written: {exception.Message} " +
                "Check that the folder is writable and has room, or choose another with --handouts.");
        }
    }
}
