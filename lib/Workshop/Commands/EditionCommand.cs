using Workshop.Editions;
using Workshop.Handouts;
using Workshop.Running;

namespace Workshop.Commands;

/// <summary><c>edition</c>: writes the lessons for those who take part in a workshop, or for who leads it.</summary>
internal static class EditionCommand
{
    private static readonly Argument<Edition> Kind = new("edition")
    {
        Description = "student: no solutions, no outputs, room for predictions. instructor: everything, with notes and minutes.",
        HelpName = "student|instructor",
        CustomParser = Options.ParseEdition,
    };

    private static readonly Option<string?> Output =
        Options.Path("--output", "folder", "The folder for the edition instead of editions/ in the repository.");

    public static Command Create() => Options.Verb(
        new("edition", "Writes notebooks and pages for students or for the instructor of a workshop.") { Kind, Output, Options.Book },
        WriteAsync);

    private static async Task<int> WriteAsync(ParseResult line, CancellationToken cancellationToken)
    {
        var (edition, output, hasBook) = (line.GetValue(Kind), line.GetValue(Output), line.GetValue(Options.Book));
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
