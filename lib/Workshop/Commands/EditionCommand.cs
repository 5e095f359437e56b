using Workshop.Editions;
using Workshop.Handouts;
using Workshop.Running;

namespace Workshop.Commands;

/// <summary><c>edition</c>: writes the lessons for those who take part in a workshop, or for who leads it.</summary>
internal static class EditionCommand
{
    public static void AddTo(RootCommand root)
    {
        var edition = new Argument<Edition>("edition")
        {
            Description = "student: no solutions, no outputs, room for predictions. instructor: everything, with notes and minutes.",
            HelpName = "student|instructor",
            CustomParser = result => Parse(result.Tokens[0].Value, result.AddError),
        };
        var output = WorkshopProgram.FolderOption("--output", "The folder for the edition instead of editions/ in the repository.");
        var book = BookOption();
        var verb = new Command("edition", "Writes notebooks and pages for students or for the instructor of a workshop.")
            { edition, output, book };
        verb.SetAction((result, cancellationToken) =>
            WriteAsync(result.GetValue(edition), result.GetValue(output), result.GetValue(book), cancellationToken));
        root.Subcommands.Add(verb);
    }

    /// <summary><c>--edition</c>, for pages alone.</summary>
    public static Option<Edition> EditionOption() => new("--edition")
    {
        Description = "Pages for students (without solutions and outputs) or for the instructor (with notes and minutes).",
        HelpName = "student|instructor",
        CustomParser = result => Parse(result.Tokens[0].Value, result.AddError),
    };

    /// <summary><c>--book</c>, beside the pages.</summary>
    public static Option<bool> BookOption() =>
        new("--book") { Description = $"Also write all pages as one book, {Book.FileName}, which needs Chromium or Chrome." };

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

    private static Edition Parse(string text, Action<string> complain)
    {
        if (text is "student") return Edition.Student;
        if (text is not "instructor") complain($"There is no edition {text}: the editions are student and instructor.");
        return Edition.Instructor;
    }
}
