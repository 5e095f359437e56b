using Workshop.Editions;
using Workshop.Handouts;
using Workshop.Running;

namespace Workshop.Commands;

/// <summary><c>edition</c>: writes the lessons for those who take part in a workshop, or for who leads it.</summary>
internal static class EditionCommand
{
    public static Command Create()
    {
        var edition = new Argument<Edition>("edition")
        {
            Description = "student: no solutions, no outputs, room for predictions. instructor: everything, with notes and minutes.",
            HelpName = "student|instructor",
            CustomParser = Options.ParseEdition,
        };
        var output = Options.Path("--output", "folder", "The folder for the edition instead of editions/ in the repository.");
        var book = Options.Book();
        const string Description = "Writes notebooks and pages for students or for the instructor of a workshop.";
        var verb = new Command("edition", Description) { edition, output, book };
        verb.SetAction((line, cancellationToken) =>
            WriteAsync(line.GetValue(edition), line.GetValue(output), line.GetValue(book), cancellationToken));
        return verb;
    }

    private static async Task<int> WriteAsync(Edition edition, string? output, bool hasBook, CancellationToken cancellationToken)
    {
        var repository = Repository.Require();
        if (hasBook) PdfPrinter.Require();
        var path = Path.GetFullPath(output ?? Path.Combine(repository.Editions, Name(edition)));
        foreach (var problem in new EditionWriter(repository, edition, path).Write()) RunConsole.Complain($"{problem}.");
        var pages = Path.Combine(path, "pages");
        Console.WriteLine($"Notebooks: {Path.Combine(path, "notebooks")}");
        Console.WriteLine($"Pages: {Path.Combine(pages, "index.html")}");
        if (hasBook) await WriteBookAsync(pages, NotebookFiles.Lessons(repository.Notebooks), repository.Root, edition, cancellationToken);
        return ExitCode.Ok;
    }

    /// <summary>Prints the book beside its pages.</summary>
    public static async Task WriteBookAsync(
        string folder, IReadOnlyList<NotebookFile> lessons, string? root, Edition edition, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, Book.FileName);
        await new Book(lessons, root, edition).PrintAsync(path, cancellationToken);
        Console.WriteLine($"Book: {path}");
    }

    public static string Name(Edition edition) => edition.ToString().ToLowerInvariant();
}
