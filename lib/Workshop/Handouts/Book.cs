using UglyToad.PdfPig;
using UglyToad.PdfPig.Actions;

namespace Workshop.Handouts;

/// <summary>
/// All lessons as one PDF. It is printed twice: the page numbers of the contents are those to which the links of the first one lead.
/// </summary>
internal sealed class Book(IReadOnlyList<NotebookFile> lessons, string? repositoryRoot, Edition edition)
{
    public const string FileName = "book.pdf";

    private readonly HandoutPages _pages = new(lessons, repositoryRoot, isBook: true);

    /// <summary>Prints the book to a file, which is written whole or not at all.</summary>
    public async Task PrintAsync(string path, CancellationToken cancellationToken)
    {
        PdfPrinter.Require();
        var chapters = lessons.Select(lesson => new HandoutPage(HandoutSource.Saved(lesson, edition), _pages)).ToList();
        var folder = TemporaryFolder.Create("workshop-book");
        try
        {
            var (html, pdf) = (Path.Combine(folder.FullName, "book.html"), Path.Combine(folder.FullName, FileName));
            await File.WriteAllTextAsync(html, ToHtml(chapters, []), cancellationToken);
            await PdfPrinter.PrintAsync(html, pdf, cancellationToken);
            await File.WriteAllTextAsync(html, ToHtml(chapters, Linked(pdf)), cancellationToken);
            await PdfPrinter.PrintAsync(html, pdf, cancellationToken);
            AtomicFile.Write(path, await File.ReadAllBytesAsync(pdf, cancellationToken));
        }
        finally
        {
            DeleteQuietly(folder);
        }
    }

    private string ToHtml(List<HandoutPage> chapters, List<int?> pages)
    {
        var texts = HandoutTexts.For(null);
        var title = texts["Site"] + (edition == Edition.Reader ? "" : $": {edition.ToString().ToLowerInvariant()} edition");
        return Template.Render("book", new
        {
            head = Template.Head("en", title, title),
            title = texts["Site"],
            isStudent = edition == Edition.Student,
            isInstructor = edition == Edition.Instructor,
            machine = chapters.Select(chapter => chapter.Machine).FirstOrDefault(machine => machine is not null),
            chapters,
            entries = chapters.SelectMany(chapter => chapter.Contents).Where(heading => heading.Level <= 2)
                .Select((heading, index) => new { heading.Level, heading.Id, heading.Text, Page = pages.ElementAtOrDefault(index) }),
        });
    }

    // The contents stand before all other links.
    private static List<int?> Linked(string pdf)
    {
        using var document = PdfDocument.Open(pdf);
        return [.. document.GetPages().SelectMany(page => page.GetAnnotations())
            .Select(link => (link.Action as GoToAction)?.Destination.PageNumber).Where(page => page is not null)];
    }

    private static void DeleteQuietly(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A process of the browser still writes there; the system empties its temporary folder.
        }
    }
}
