using Workshop.Handouts;
using Workshop.Running;

namespace Workshop.Commands;

/// <summary><c>handouts</c>: writes the pages from the outputs saved in the notebooks, without running anything.</summary>
internal static class HandoutsCommand
{
    private static readonly Option<string?> Output =
        Options.Path("--output", "folder", "The folder for the pages instead of handouts/ in the repository.");

    public static Command Create() => Options.Verb(
        new("handouts", "Writes handouts from the outputs saved in the notebooks, without running them.")
        {
            Options.Notebooks, Output, Options.EditionOfPages, Options.Book,
        },
        WriteAsync);

    private static async Task<int> WriteAsync(ParseResult line, CancellationToken cancellationToken)
    {
        var (output, edition, hasBook) = (line.GetValue(Output), line.GetValue(Options.EditionOfPages), line.GetValue(Options.Book));
        if (hasBook) PdfPrinter.Require();
        var files = NotebookFiles.Resolve(line.GetRequiredValue(Options.Notebooks));
        var repository = output is null ? Repository.Require() : Repository.Find();
        var pages = output is null ? NotebookFiles.Lessons(repository!.Notebooks) : files;

        // In a folder of its own, where no page of another edition stands beside it.
        var folder = Path.GetFullPath(
            output ?? Path.Combine(repository!.Handouts, edition == Edition.Reader ? "" : EditionCommand.Name(edition)));
        var writer = new HandoutWriter(folder, pages, repository?.Root, edition);
        if (files.FirstOrDefault(file => !writer.HasPage(file)) is { } stranger)
        {
            throw new InputException(
                $"{stranger.DisplayPath} is not a lesson of the repository. Choose a folder for its handout with --output.");
        }

        var unread = 0;
        foreach (var file in files)
        {
            try
            {
                foreach (var problem in writer.WriteSaved(file)) RunConsole.Complain($"{file.DisplayPath}: {problem}.");
            }
            catch (Exception exception) when (InputException.Explains(exception))
            {
                RunConsole.Complain(exception.Message);
                unread++;
            }
        }

        if (hasBook && unread == 0) await EditionCommand.WriteBookAsync(folder, files, repository?.Root, edition, cancellationToken);
        if (unread < files.Count)
        {
            writer.WriteIndex();
            Console.WriteLine($"Handouts: {writer.IndexPath}");
        }

        return unread == 0 ? ExitCode.Ok : ExitCode.Usage;
    }
}
