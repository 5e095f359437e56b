using Workshop.Lessons;

namespace Workshop.Handouts;

/// <summary>Writes pages and their index into a folder, each file whole or not at all.</summary>
/// <param name="directory">The folder; made when it is needed.</param>
/// <param name="pages">The notebooks that have or get a page there, in order; pages link to each other.</param>
/// <param name="repositoryRoot">The clone, for paths that are shown.</param>
internal sealed class HandoutWriter(string directory, IReadOnlyList<NotebookFile> pages, string? repositoryRoot)
{
    /// <summary>The index.</summary>
    public string IndexPath => Path.Combine(directory, "index.html");

    /// <summary>Writes a notebook's page.</summary>
    /// <returns>The pictures that the notebook shows and that are not there.</returns>
    /// <exception cref="InputException">The folder cannot be written to.</exception>
    public async Task<IReadOnlyList<string>> WriteAsync(
        HandoutSource source, CancellationToken cancellationToken = default)
    {
        var page = new HandoutPage(source with { RepositoryRoot = repositoryRoot }, HandoutNeighbours.Of(source.File, pages));
        var html = await page.ToHtmlAsync(cancellationToken);
        await WriteFileAsync(PagePath(source.File), html, cancellationToken);
        return page.MissingPictures;
    }

    /// <summary>
    /// Writes the index, and before it a page from the saved outputs for each notebook that has none yet, so that no
    /// link leads nowhere.
    /// </summary>
    /// <exception cref="InputException">The folder cannot be written to.</exception>
    public async Task WriteIndexAsync(CancellationToken cancellationToken = default)
    {
        var summaries = new List<HandoutSummary>();
        foreach (var file in pages)
        {
            if (!File.Exists(PagePath(file))) await WriteSavedAsync(file, cancellationToken);
            if (!File.Exists(PagePath(file))) continue;
            var html = await File.ReadAllTextAsync(PagePath(file), cancellationToken);
            if (HandoutSummary.FromPage(html) is { } summary) summaries.Add(summary);
        }

        await WriteFileAsync(IndexPath, IndexPage.ToHtml(summaries), cancellationToken);
    }

    /// <summary>Writes a page from the outputs that are saved in the notebook.</summary>
    /// <returns>The pictures that are not there.</returns>
    /// <exception cref="NotebookFormatException">The file is no notebook.</exception>
    public async Task<IReadOnlyList<string>> WriteSavedAsync(NotebookFile file, CancellationToken cancellationToken = default)
    {
        var document = NotebookDocument.Load(file.DisplayPath);
        return await WriteAsync(new HandoutSource(file, document), cancellationToken);
    }

    private string PagePath(NotebookFile file) => Path.Combine(directory, file.HandoutName);

    private async Task WriteFileAsync(string path, string html, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(directory);
            await AtomicTextFile.WriteAsync(path, html, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"The handout {path} was not written: {exception.Message} Check that the folder is writable and has room, or choose another with --handouts.");
        }
    }
}
