using UglyToad.PdfPig;
using UglyToad.PdfPig.Outline;

namespace Workshop.Handouts;

/// <summary>
/// All lessons as one PDF. It is printed twice: the page numbers of the contents are read from the first one's outline.
/// </summary>
internal sealed class Book(IReadOnlyList<NotebookFile> lessons, string? repositoryRoot, Edition edition)
{
    public const string FileName = "book.pdf";

    private readonly List<HandoutPage> _chapters = Chapters(lessons, repositoryRoot, edition);

    /// <summary>Prints the book to a file, which is written whole or not at all.</summary>
    public async Task PrintAsync(string path, CancellationToken cancellationToken)
    {
        PdfPrinter.Require();
        var folder = Directory.CreateTempSubdirectory("workshop-book-");
        try
        {
            var (html, pdf) = (Path.Combine(folder.FullName, "book.html"), Path.Combine(folder.FullName, FileName));
            await File.WriteAllTextAsync(html, ToHtml([]), cancellationToken);
            await PdfPrinter.PrintAsync(html, pdf, cancellationToken);
            await File.WriteAllTextAsync(html, ToHtml(Headings(pdf)), cancellationToken);
            await PdfPrinter.PrintAsync(html, pdf, cancellationToken);
            AtomicFile.Write(path, await File.ReadAllBytesAsync(pdf, cancellationToken));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The book as a page, with the numbers of its pages where they are known.</summary>
    public string ToHtml(IEnumerable<(string Title, int Page)> printed)
    {
        var texts = HandoutTexts.For(null);
        var left = new LinkedList<(string Title, int Page)>(printed);
        var chapters = _chapters.Select(chapter => new
        {
            chapter.Body,
            Id = chapter.Anchor,
            Entries = chapter.Contents.Where(heading => heading.Level <= 2)
                .Select(heading => new { heading.Level, heading.Id, heading.Text, Page = PageOf(heading.Text, left) }).ToList(),
        }).ToList();
        var title = $"{texts["Site"]}{edition switch
        {
            Edition.Student => ": student edition",
            Edition.Instructor => ": instructor edition",
            _ => "",
        }}";
        return Template.Render("book", new
        {
            head = Template.Head("en", title, title),
            title = texts["Site"],
            isStudent = edition == Edition.Student,
            isInstructor = edition == Edition.Instructor,
            machine = _chapters.Select(chapter => chapter.Machine).FirstOrDefault(machine => machine is not null),
            chapters,
        });
    }

    // The outline has every heading in the book's order, those of the contents among them.
    private static string PageOf(string title, LinkedList<(string Title, int Page)> left)
    {
        if (!left.Any(heading => heading.Title == Plain(title))) return "";
        while (left.First!.Value.Title != Plain(title)) left.RemoveFirst();
        var page = left.First.Value.Page;
        left.RemoveFirst();
        return page.ToString(CultureInfo.InvariantCulture);
    }

    private static List<(string Title, int Page)> Headings(string pdf)
    {
        using var document = PdfDocument.Open(pdf);
        return document.TryGetBookmarks(out var outline)
            ? [.. outline.GetNodes().OfType<DocumentBookmarkNode>().Select(node => (Plain(node.Title), node.PageNumber))]
            : [];
    }

    private static string Plain(string title) => string.Concat(title.Where(char.IsLetterOrDigit));

    private static List<HandoutPage> Chapters(IReadOnlyList<NotebookFile> lessons, string? repositoryRoot, Edition edition)
    {
        var pages = new HandoutPages(lessons, repositoryRoot, isBook: true);
        return [.. lessons.Select(lesson => new HandoutPage(HandoutSource.Saved(lesson, edition), pages))];
    }
}
