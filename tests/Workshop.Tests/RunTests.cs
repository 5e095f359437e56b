using System.Text.Json.Nodes;
using ConcurrencyNotebooks;
using Workshop.Lessons;

namespace Workshop.Tests;

/// <summary>What a run does when nothing is broken: claims, tags, saving, copies.</summary>
public sealed class RunTests : IDisposable
{
    private static string FailedClaim => Cell("""Claims.Check("Pigs fly", 0.5, atLeast: 20, unit: "m")""");

    private static string OpenClaim => Cell("""Claims.Happens("Pigs fly", [false])""");

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_claim_that_does_not_hold_is_shown_and_is_an_error_only_when_strict()
    {
        _workspace.WriteNotebook("claims.ipynb", NotebookCellText.Code("claim", FailedClaim));

        var lenient = await ProgramRun.OfAsync(_workspace, "run", "claims.ipynb");
        var strict = await ProgramRun.OfAsync(_workspace, "run", "claims.ipynb", "--strict");

        lenient.Output.Should().Contain("✘ Pigs fly: 0.5 m, claimed at least 20 m");
        lenient.ExitCode.Should().Be(0);
        strict.ExitCode.Should().Be(1);
    }

    [Fact]
    public async Task A_claim_that_is_not_decided_is_an_error_only_when_that_is_asked_for()
    {
        _workspace.WriteNotebook("claims.ipynb", NotebookCellText.Code("claim", OpenClaim));

        var strict = await ProgramRun.OfAsync(_workspace, "run", "claims.ipynb", "--strict");
        var decided = await ProgramRun.OfAsync(_workspace, "run", "claims.ipynb", "--decided");

        strict.Output.Should().Contain("– Pigs fly: in 0 of 1 runs, claimed in at least 1 run, not decided: it did not happen");
        strict.ExitCode.Should().Be(0);
        decided.ExitCode.Should().Be(1);
    }

    [Fact]
    public async Task A_cell_tagged_raises_exception_may_fail_and_must()
    {
        _workspace.WriteNotebook("expected.ipynb",
            NotebookCellText.Code("boom", "throw new Exception(\"on purpose\");", "raises-exception"), NotebookCellText.Code("after", "1"));
        _workspace.WriteNotebook("missing.ipynb", NotebookCellText.Code("no-boom", "1", "raises-exception"));

        var expected = await ProgramRun.OfAsync(_workspace, "run", "expected.ipynb");
        var missing = await ProgramRun.OfAsync(_workspace, "run", "missing.ipynb");

        expected.Output.Should().Contain("boom: ok, with the expected error").And.Contain("after: ok");
        expected.ExitCode.Should().Be(0);
        missing.Output.Should().Contain("tagged raises-exception, but it ran to its end");
        missing.ExitCode.Should().Be(1);
    }

    [Theory]
    [InlineData("int x = \"text\";", "Cannot implicitly convert type")]
    [InlineData("throw new InvalidOperationException(\"not today\");", "not today")]
    [InlineData("while (true) { }", "ran longer than 15 s")]
    [InlineData("Environment.Exit(3);", "exit code 3")]
    public async Task An_optional_cell_that_fails_is_left_out_with_the_reason_and_the_run_continues(string code, string reason)
    {
        _workspace.WriteNotebook(
            "optional.ipynb",
            NotebookCellText.Code("before", "int kept = 41;"),
            NotebookCellText.Code("extra", code, "optional"),
            NotebookCellText.Code("after", "Console.WriteLine($\"answer {kept + 1}\");"));

        var run = await ProgramRun.OfAsync(_workspace, "run", "optional.ipynb", "--timeout", "15", "--output", "out");

        run.ExitCode.Should().Be(0);
        run.Output.Should().Contain("cell 'extra', was left out").And.Contain(reason).And.Contain("3, 1 left out");
        Outputs(_workspace["out/optional.ipynb"], 1).ToJsonString().Should().Contain("Left out");
        Outputs(_workspace["out/optional.ipynb"], 2).ToJsonString().Should().Contain("answer 42");
    }

    [Fact]
    public async Task An_optional_cell_without_its_package_is_left_out_and_the_run_continues()
    {
        const string Unavailable = "#r \"nuget: Concurrency.Notebooks.No.Such.Package, 1.0.0\"\n1";
        _workspace.WriteNotebook("optional.ipynb", NotebookCellText.Code("extra", Unavailable, "optional"),
            NotebookCellText.Code("after", "1"));
        _workspace.WriteNotebook("needed.ipynb", NotebookCellText.Code("extra", Unavailable));

        var optional = await ProgramRun.OfAsync(_workspace, "run", "optional.ipynb", "--output", "out");
        var needed = await ProgramRun.OfAsync(_workspace, "run", "needed.ipynb");

        optional.ExitCode.Should().Be(0);
        optional.Output.Should().Contain("cell 'extra', was left out").And.Contain("Concurrency.Notebooks.No.Such.Package")
            .And.Contain("after: ok");
        Outputs(_workspace["out/optional.ipynb"], 0).ToJsonString().Should().Contain("Left out");
        needed.ExitCode.Should().Be(1);
    }

    [Fact]
    public async Task A_temporary_folder_that_is_missing_is_made()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has another variable for it.");
        _workspace.Environment["TMPDIR"] = _workspace["missing"];
        _workspace.WriteNotebook("package.ipynb", NotebookCellText.Code("extra", "#r \"nuget: \""));

        var run = await ProgramRun.OfAsync(_workspace, "run", "package.ipynb");

        run.Output.Should().Contain("PackageNotAvailable: ").And.NotContain("Unable to find the specified file");
    }

    [Fact]
    public async Task Saving_writes_outputs_that_check_accepts_and_a_second_time_changes_nothing()
    {
        var path = _workspace.WriteNotebook(
            "saved.ipynb", NotebookCellText.Markdown("title", "# Title"),
            NotebookCellText.Code("sum", "Console.WriteLine(\"hello\");\n40 + 2"));

        var first = await ProgramRun.OfAsync(_workspace, "run", "saved.ipynb", "--save");
        var saved = File.ReadAllBytes(path);
        var second = await ProgramRun.OfAsync(_workspace, "run", "saved.ipynb", "--save");
        var check = await ProgramRun.OfAsync(_workspace, "check", "saved.ipynb");

        first.ExitCode.Should().Be(0);
        Outputs(path, 1).ToJsonString().Should().Contain("hello").And.Contain("42");
        second.ExitCode.Should().Be(0);
        File.ReadAllBytes(path).Should().Equal(saved);
        check.Output.Should().NotContain("stale");
        check.ExitCode.Should().Be(0);
        Directory.GetFiles(_workspace.Folder).Should().Equal([path], "no temporary file stays");
    }

    [Fact]
    public async Task A_chart_is_saved_as_its_picture_and_handed_out_with_its_figure()
    {
        var path = _workspace.WriteNotebook(
            "01-chart.ipynb",
            NotebookCellText.Code("chart", Cell("ChartSpec.Bars(\"It's & done\", [(\"one\", 1), (\"two\", 2)], \"s\")")));

        await ProgramRun.OfAsync(_workspace, "run", "01-chart.ipynb", "--save", "--handouts", "pages");

        var html = string.Concat(Outputs(path, 0).Single()!["data"]!["text/html"]!.AsArray().Select(line => (string)line!));
        html.Should().StartWith("<div class=cn-chart><img alt='It&apos;s &amp; done.")
            .And.Contain("<table>").And.EndWith("</details></div>");
        File.ReadAllText(_workspace["pages/01-chart.html"]).Should().Contain("<div class=\"cn-chart\" data-figure=");
    }

    [Fact]
    public async Task The_machine_is_saved_with_the_first_claim_alone()
    {
        var path = _workspace.WriteNotebook(
            "01-claims.ipynb",
            NotebookCellText.Code("one", Cell("Claims.Holds(\"µ is one\", true)")),
            NotebookCellText.Code("two", "Claims.All(Claims.Holds(\"two\", true), Claims.Holds(\"three\", false))"));

        await ProgramRun.OfAsync(_workspace, "run", "01-claims.ipynb", "--save", "--handouts", "pages");

        var claims = NotebookDocument.Load(path).Cells.SelectMany(cell => cell.Claims).ToList();
        claims.Select(claim => claim.Statement).Should().Equal("µ is one", "two", "three");
        claims.Select(claim => claim.Machine).Should().Equal(Machine.Description, "", "");
        File.ReadAllText(path).Should().Contain("µ is one").And.NotContain("\\u00");
        File.ReadAllText(_workspace["pages/01-claims.html"]).Should().Contain(Machine.Description.Split(',')[0]);
    }

    [Fact]
    public async Task Of_progress_lines_the_last_state_is_saved_and_handed_out_and_of_erased_ones_nothing()
    {
        const string Progress = "foreach (var round in new[] { 1, 12 }) Console.Write($\"\\rround {round} …\");";
        var path = _workspace.WriteNotebook(
            "01-progress.ipynb",
            NotebookCellText.Code("last", $"{Progress}\nConsole.WriteLine();"),
            NotebookCellText.Code("erased", $"{Progress}\nConsole.Write(\"\\r\\u001b[K\");"));

        var run = await ProgramRun.OfAsync(_workspace, "run", "01-progress.ipynb", "--save", "--handouts", "pages");

        run.Output.Should().NotContain("round");
        Outputs(path, 0).Should().ContainSingle().Which!["text"]!.ToJsonString().Should().Contain("round 12").And.NotContain("round 1 ");
        Outputs(path, 1).Should().BeEmpty();
        File.ReadAllText(_workspace["pages/01-progress.html"]).Should().Contain("tabindex=\"0\">round 12 …</pre>");
    }

    [Fact]
    public async Task A_notebook_that_failed_is_not_saved()
    {
        var path = _workspace.Copy("Broken", "throws.ipynb");
        var before = File.ReadAllBytes(path);

        var run = await ProgramRun.OfAsync(_workspace, "run", "throws.ipynb", "--save");

        run.Output.Should().Contain("throws.ipynb was not saved, because it did not run to its end");
        File.ReadAllBytes(path).Should().Equal(before);
    }

    [Fact]
    public async Task Output_gets_the_executed_copy_without_machine_paths_and_leaves_the_notebook()
    {
        var path = _workspace.WriteNotebook(
            "paths.ipynb", NotebookCellText.Code(
            "where", "Console.WriteLine(Environment.CurrentDirectory); "
                + "Console.WriteLine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));"));
        var before = File.ReadAllBytes(path);

        var run = await ProgramRun.OfAsync(_workspace, "run", "paths.ipynb", "--output", "out");

        run.ExitCode.Should().Be(0);
        File.ReadAllBytes(path).Should().Equal(before);
        var shown = Outputs(_workspace["out/paths.ipynb"], 0).ToJsonString();
        shown.Should().Contain("(temporary folder)")
            .And.NotContain(Path.TrimEndingDirectorySeparator(Path.GetTempPath()) + Path.DirectorySeparatorChar);
        shown.Should().NotContain(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));
    }

    [Fact]
    public async Task Handouts_show_what_the_run_showed()
    {
        _workspace.WriteNotebook("01-page.ipynb", NotebookCellText.Markdown("title", "# A page"), NotebookCellText.Code("sum", "40 + 2"),
            NotebookCellText.Code("claim", FailedClaim));

        var run = await ProgramRun.OfAsync(_workspace, "run", "01-page.ipynb", "--handouts", "pages");

        run.Output.Should().Contain("Handouts: ");
        File.ReadAllText(_workspace["pages/01-page.html"]).Should().Contain("<h1 id=\"A-page\"><span id=\"a-page\"></span>A page</h1>")
            .And.Contain("42").And.Contain("Pigs fly");
        File.ReadAllText(_workspace["pages/index.html"]).Should().Contain("href=\"01-page.html\"").And.Contain("Pigs fly");
    }

    [Fact]
    public async Task The_report_says_how_much_of_the_time_was_the_notebooks_own()
    {
        _workspace.WriteNotebook("short.ipynb", NotebookCellText.Code("one", "1"));

        var run = await ProgramRun.OfAsync(_workspace, "run", "short.ipynb");

        run.Output.Should().MatchRegex(@"[\d.]+ s in all, of which the notebooks' cells \(compiling, waiting, computing\) took \d+ %\.");
        run.Output.Should().NotContain("\u001b", "no terminal, no colours");
    }

    private static JsonArray Outputs(string path, int cell) =>
        JsonNode.Parse(File.ReadAllText(path))!["cells"]![cell]!["outputs"]!.AsArray();

    private static string Cell(string code) =>
        $"#r \"{typeof(Claim).Assembly.Location}\"\nusing ConcurrencyNotebooks;\n{code}";
}
