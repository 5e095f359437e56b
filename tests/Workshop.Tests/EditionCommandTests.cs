using UglyToad.PdfPig;

namespace Workshop.Tests;

/// <summary><c>edition</c> in a small clone: what it leaves alone, what it says, and the book.</summary>
public sealed class EditionCommandTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public EditionCommandTests()
    {
        _workspace.Write("ConcurrencyNotebooks.sln", "");
        _workspace.Write("notebooks/images/one.svg", "<svg/>");
        _workspace.Write("notebooks/exercises/01-1.cs", "#:project ../../lib/ConcurrencyNotebooks/ConcurrencyNotebooks.csproj\n");
        _workspace.WriteNotebook("notebooks/01-first.ipynb",
            NotebookCellText.Markdown("title", "# 1. First\n\nLead.\n\n**Predict.** How many?"),
            NotebookCellText.Code("sum", "1 + 1") with { Output = NotebookText.Print("two") },
            NotebookCellText.Markdown("note", "Say nothing.", "instructor"),
            NotebookCellText.Code("trap", "throw new System.Exception(\"never run\")", "instructor"),
            NotebookCellText.Markdown("more", "## More\n\nText."),
            NotebookCellText.Code("solution-1", "40 + 2", "solution"));
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task It_writes_notebooks_and_pages_and_again_over_its_own()
    {
        (await EditAsync("student")).ExitCode.Should().Be(0);
        var again = await EditAsync("student");

        again.ExitCode.Should().Be(0);
        again.Output.Should().Contain("Notebooks: ").And.Contain("Pages: ");
        Read("notebooks/01-first.ipynb").Should().Contain("1 + 1")
            .And.NotContain("40 + 2").And.NotContain("two").And.NotContain("Say nothing");
        Read("pages/01-first.html").Should().Contain("class=\"ruled\"").And.NotContain("Say nothing").And.NotContain("never run");
        Read("notebooks/exercises/01-1.cs").Should().StartWith("#:project ../../../../lib/ConcurrencyNotebooks/");

        string Read(string name) => File.ReadAllText(_workspace["editions/student/" + name]);
    }

    [Fact]
    public async Task A_cell_of_the_instructor_is_never_run_and_on_no_page_of_a_run()
    {
        var run = await ProgramRun.OfAsync(_workspace, "run", "notebooks/01-first.ipynb", "--handouts", "pages");

        run.ExitCode.Should().Be(0, run.Output + run.Error);
        var page = await File.ReadAllTextAsync(_workspace["pages/01-first.html"]);
        page.Should().Contain("42").And.NotContain("Say nothing").And.NotContain("never run");
    }

    [Fact]
    public async Task A_folder_of_somebody_else_is_left_as_it_is()
    {
        _workspace.Write("mine/letter.txt", "dear");

        var run = await EditAsync("student", "--output", "mine");

        Refuses(run, "holds something else than an edition. Choose an empty folder with --output.");
        Directory.GetFileSystemEntries(_workspace["mine"]).Should().ContainSingle();
    }

    [Fact]
    public async Task What_a_learner_has_changed_is_not_overwritten()
    {
        await EditAsync("student");
        var solved = _workspace.Write("editions/student/notebooks/01-first.ipynb", "solved");

        var run = await EditAsync("student");

        Refuses(run, "was changed since it was written (notebooks/01-first.ipynb), and is left as it is.");
        (await File.ReadAllTextAsync(solved)).Should().Be("solved");
    }

    [Fact]
    public async Task A_file_that_is_no_more_is_deleted_and_one_beside_it_stays()
    {
        _workspace.Write("notebooks/images/two.svg", "<svg/>");
        await EditAsync("student");
        File.Delete(_workspace["notebooks/images/two.svg"]);
        _workspace.Write("editions/student/notebooks/notes.txt", "mine");

        (await EditAsync("student")).ExitCode.Should().Be(0);

        Directory.GetFiles(_workspace["editions/student/notebooks/images"]).Should().ContainSingle();
        File.Exists(_workspace["editions/student/notebooks/notes.txt"]).Should().BeTrue();
    }

    [Fact]
    public async Task Another_edition_a_damaged_list_a_file_and_a_list_that_points_outside_are_refused()
    {
        await EditAsync("student", "--output", "one");
        _workspace.Write("two/.edition.json", "{");
        _workspace.Write("three/.edition.json", """{"Edition":"Student","Files":{"../outside.txt":"00"}}""");
        _workspace.Write("outside.txt", "stays");

        Refuses(await EditAsync("instructor", "--output", "one"), "holds the student edition, and is left as it is.");
        Refuses(await EditAsync("student", "--output", "two"), "is damaged. Choose another folder with --output");
        Refuses(await EditAsync("student", "--output", "three"), "is damaged.");
        Refuses(await EditAsync("student", "--output", "outside.txt"), "is a file. Choose a folder with --output.");
        Refuses(await EditAsync("pupil"), "There is no edition pupil: the editions are student and instructor.");
        (await File.ReadAllTextAsync(_workspace["outside.txt"])).Should().Be("stays");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_a_sentence()
    {
        // Below a file nobody can make a folder, root neither.
        _workspace.Write("file", "");

        Refuses(await EditAsync("student", "--output", "file/below"), "The edition was not written to the end: ");
    }

    [Fact]
    public async Task A_damaged_notebook_is_named_and_nothing_is_written()
    {
        _workspace.Write("notebooks/02-broken.ipynb", "{\"cells\": [");

        Refuses(await EditAsync("student"), "02-broken.ipynb (line 1): the JSON ends too early.");
        Directory.Exists(_workspace["editions"]).Should().BeFalse();
    }

    [Fact]
    public async Task Minutes_that_do_not_fit_the_headings_are_named()
    {
        var text = await File.ReadAllTextAsync(_workspace["notebooks/01-first.ipynb"]);
        const string Sections = "\"workshop\": {\"sections\": [{\"minutes\": 5, \"plan\": \"Day\", \"title\": \"Less\"}]}, ";
        _workspace.Write("notebooks/01-first.ipynb", text.Replace("\"kernelspec\"", Sections + "\"kernelspec\""));

        Refuses(await EditAsync("instructor"), "metadata.workshop.sections and the headings of level 2 differ: Less.");
    }

    [Fact]
    public async Task Without_a_browser_a_book_is_refused_before_anything_is_written()
    {
        _workspace.Environment["CHROMIUM"] = _workspace["nowhere"];

        Refuses(await EditAsync("student", "--book"), "The book needs Chromium or Chrome, and there is none here.");
        Directory.Exists(_workspace["editions"]).Should().BeFalse();
    }

    [Fact]
    public async Task A_book_has_contents_with_page_numbers_and_an_outline()
    {
        TestBrowser.Require();
        _workspace.WriteNotebook("notebooks/02-second.ipynb",
            NotebookCellText.Markdown("title", "# 2. Second\n\n## Long"),
            NotebookCellText.Code("wide", $"var wide = \"{new string('x', 400)}END\";"));

        var run = await EditAsync("student", "--book");

        run.ExitCode.Should().Be(0, run.Error);
        using var book = PdfDocument.Open(_workspace["editions/student/pages/book.pdf"]);
        book.NumberOfPages.Should().Be(4, "a cover, the contents and two chapters");
        book.TryGetBookmarks(out var outline).Should().BeTrue();
        outline!.GetNodes().Select(node => node.Title).Should().Contain(["1. First", "More", "2. Second", "Long"]);
        book.GetPage(2).Text.Should().MatchRegex("1. First *3").And.MatchRegex("More *3")
            .And.MatchRegex("2. Second *4").And.MatchRegex("Long *4");
        book.GetPage(4).Text.Should().Contain("END", "a long line is wrapped, not cut");
    }

    private static void Refuses(ProgramRun run, string because)
    {
        run.ExitCode.Should().Be(2, run.Output + run.Error);
        run.Error.Should().Contain(because);
    }

    private Task<ProgramRun> EditAsync(params string[] arguments) => ProgramRun.OfAsync(_workspace, ["edition", .. arguments]);
}
