using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Workshop.Editions;
using Workshop.Lessons;

namespace Workshop.Tests;

/// <summary>The editions of this repository's own lessons: who gets what.</summary>
public sealed class EditionTests : IDisposable
{
    private static readonly Repository Clone = Repository.Require();

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void The_student_edition_has_no_line_of_any_solution_and_no_output()
    {
        Write(Edition.Student);

        var solutions = Lines(cell => cell.IsSolution).ToList();

        // What the cheat sheet has as well gives no exercise away.
        var sheet = File.ReadAllText(Path.Combine(Clone.Notebooks, "CHEATSHEET.md"));
        var others = string.Join('\n', Lines(cell => !cell.IsSolution).Append(sheet));
        var secrets = solutions.Where(line => line.Length > 8 && !others.Contains(line, StringComparison.Ordinal)).Distinct().ToList();
        secrets.Should().HaveCountGreaterThan(100, "else this test looks for nothing");
        foreach (var (name, text) in Texts())
        {
            secrets.Where(text.Contains).Should().BeEmpty($"{name} is for students");
            text.Should().NotMatchRegex("(?i)## Solutions|solutions? stands? (at|below)|For the instructor", name);
        }

        foreach (var cell in Notebooks().SelectMany(notebook => notebook.Cells))
        {
            cell.Outputs.Should().BeEmpty();
            cell.ExecutionCount.Should().BeNull();
            (cell.IsSolution || cell.IsInstructor).Should().BeFalse();
        }
    }

    [Fact]
    public void Below_each_prediction_of_a_students_page_there_is_room_to_write()
    {
        Write(Edition.Student);

        var predictions = 0;
        foreach (var file in Directory.EnumerateFiles(_workspace["edition/pages"], "??-*.html"))
        {
            foreach (var start in Html(file).QuerySelectorAll("p > strong:first-child").Where(start => start.TextContent == "Predict."))
            {
                // Before it stands the line for a guess on the screen.
                var next = start.ParentElement!.NextElementSibling!;
                new[] { next.ClassName, next.NextElementSibling?.ClassName }.Should().Contain("ruled");
                predictions++;
            }
        }

        predictions.Should().BeGreaterThan(50);
    }

    [Fact]
    public void Every_library_and_program_that_an_edition_names_is_found_from_its_place()
    {
        Write(Edition.Student);

        var named = Notebooks().SelectMany(notebook => notebook.CodeCells)
            .SelectMany(cell => Regex.Matches(cell.Source, "\"([^\"]*/lib/bin/[^\"]*)\"").Select(match => match.Groups[1].Value)).ToList();

        named.Should().Contain(path => path.EndsWith("/PrimeWorker.dll"));
        named.Where(path => !File.Exists(Path.Combine(_workspace["edition/notebooks"], path))).Should().BeEmpty();
    }

    [Fact]
    public async Task The_student_edition_runs_and_says_that_its_exercises_are_not_solved_yet()
    {
        Write(Edition.Student);
        _workspace.Environment["CONCURRENCY_NOTEBOOKS_QUICK"] = "1";

        var run = await ProgramRun.OfAsync(_workspace, "run", "edition/notebooks/01-three-models.ipynb", "--output", "ran");

        run.ExitCode.Should().Be(0, run.Output + run.Error);
        var tried = NotebookDocument.Load(_workspace["ran/01-three-models.ipynb"]).Cells.Where(cell => cell.HasTag("exercise"))
            .Select(cell => string.Concat(cell.Outputs.Select(output => output.Json.ToJsonString())));
        tried.Should().HaveCount(2).And.OnlyContain(output => output.Contains("not solved yet"));
    }

    [Fact]
    public void The_instructor_edition_has_everything_with_notes_and_minutes()
    {
        Write(Edition.Instructor);

        foreach (var notebook in Notebooks())
        {
            var original = NotebookDocument.Load(Path.Combine(Clone.Notebooks, Path.GetFileName(notebook.Path)));
            notebook.Cells.Select(cell => cell.Id).Should().Equal(original.Cells.Select(cell => cell.Id));
            notebook.StaleCells().Select(stale => stale.Cell.Id).Should()
                .Equal(original.StaleCells().Select(stale => stale.Cell.Id), "only the paths of libraries differ");
            var page = Html(Path.Combine(_workspace["edition/pages"], Path.GetFileNameWithoutExtension(notebook.Path) + ".html"));
            page.QuerySelectorAll("div.instructor").Should().HaveCount(original.Cells.Count(cell => cell.IsInstructor));
        }

        Html(_workspace["edition/pages/01-three-models.html"]).Body!.TextContent.Should().MatchRegex(@"\d+ minutes · half a day");
    }

    [Fact]
    public void The_ordinary_pages_show_nothing_of_the_instructor()
    {
        foreach (var file in NotebookFiles.Lessons(Clone.Notebooks))
        {
            var notes = NotebookDocument.Load(file.Path).Cells.Where(cell => cell.IsInstructor).ToList();
            if (file.Name[0] != '9') notes.Should().HaveCountGreaterThanOrEqualTo(3);
            notes.Where(cell => Regex.Count(cell.Source, "(?m)^- ") > 6).Should().BeEmpty();

            var source = new Handouts.HandoutSource(file, NotebookDocument.Load(file.Path));
            new Handouts.HandoutPage(source, new Handouts.HandoutPages([file], null)).Content.Should().NotContain("For the instructor");
        }
    }

    private void Write(Edition edition) => new EditionWriter(Clone, edition, _workspace["edition"]).Write().Should().BeEmpty();

    private IEnumerable<NotebookDocument> Notebooks() =>
        NotebookFiles.Lessons(_workspace["edition/notebooks"]).Select(file => NotebookDocument.Load(file.Path));

    /// <summary>What a reader could find in each file, search included: of a page its text, of a notebook its sources.</summary>
    private IEnumerable<(string Name, string Text)> Texts() =>
        from path in Directory.EnumerateFiles(_workspace["edition"], "*", SearchOption.AllDirectories)
        let text = File.ReadAllText(path)
        select (Path.GetFileName(path), Path.GetExtension(path) switch
        {
            ".html" => Html(path).DocumentElement.TextContent,
            ".ipynb" => string.Join('\n', NotebookDocument.Load(path).Cells.Select(cell => cell.Source)),
            _ => text,
        });

    private static IEnumerable<string> Lines(Func<NotebookCell, bool> which) =>
        from file in NotebookFiles.Lessons(Clone.Notebooks)
        from cell in NotebookDocument.Load(file.Path).Cells
        where which(cell) && !cell.IsInstructor
        from line in cell.Source.Split('\n')
        where Regex.IsMatch(line, @"\w")
        select line.Trim();

    private static AngleSharp.Html.Dom.IHtmlDocument Html(string path) => new HtmlParser().ParseDocument(File.ReadAllText(path));
}
