namespace Workshop.Tests;

/// <summary>Wrong input gets a sentence that says what to do, exit code 2, and no stack trace.</summary>
public sealed class InputTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("There is no file nothing.ipynb", "run", "nothing.ipynb")]
    [InlineData("There is no .ipynb file in the folder empty", "run", "empty")]
    [InlineData("notes.txt is not a notebook: its name must end in .ipynb", "check", "notes.txt")]
    [InlineData("There is no option --no-such-option here", "run", "--no-such-option")]
    [InlineData("Unrecognized command or argument 'fly'", "fly")]
    [InlineData("more than 0", "run", "--timeout", "0")]
    [InlineData("soon is not one", "run", "--timeout", "soon")]
    [InlineData("1,5 is not one", "run", "--timeout", "1,5")]
    [InlineData("NaN is not one", "run", "--timeout", "NaN")]
    [InlineData("1e9 is not one", "run", "--timeout", "1e9")]
    [InlineData("-1 is not one", "run", "--timeout=-1")]
    [InlineData("Required argument missing", "run", "--output")]
    [InlineData("Argument 2, after check, is empty", "check", "")]
    [InlineData("Argument 3, after --handouts, is empty", "run", "--handouts", "")]
    [InlineData("is the folder of good.ipynb, which it would overwrite", "run", "good.ipynb", "--output", "link")]
    [InlineData("is the folder of good.ipynb, which it would overwrite", "run", "good.ipynb", "--output", ".")]
    [InlineData("--output takes a folder; notes.txt is a file", "run", "good.ipynb", "--output", "notes.txt")]
    [InlineData("is not a lesson of the repository", "handouts", "good.ipynb")]
    public async Task Wrong_input_is_explained(string message, params string[] arguments)
    {
        Directory.CreateDirectory(_workspace["empty"]);
        _workspace.Write("notes.txt", "no notebook");
        var notebook = _workspace.WriteNotebook("good.ipynb", NotebookCellText.Code("one", "1"));
        if (arguments[^1] == "link") Directory.CreateSymbolicLink(_workspace["link"], _workspace.Folder);
        var before = File.ReadAllBytes(notebook);

        var run = await ProgramRun.OfAsync(_workspace, arguments);

        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain(message).And.NotContain("   at ");
        File.ReadAllBytes(notebook).Should().Equal(before);
    }

    [Fact]
    public async Task Where_nobody_can_be_told_the_exit_code_still_says_it()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "Only Linux has a file that is always full.");
        _workspace.Launcher = ["sh", "-c", "exec \"$@\" 2> /dev/full", "sh"];

        (await ProgramRun.OfAsync(_workspace, "run", "nothing.ipynb")).ExitCode.Should().Be(2);
    }

    [Theory]
    [InlineData("good.ipynb", "Permission denied")]
    [InlineData("browser", "No such file")]
    public async Task A_program_that_does_not_start_is_named_with_the_reason(string browser, string reason)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Scripts name their interpreter on Unix.");
        _workspace.Environment["CHROMIUM"] = Path.Combine(_workspace.Folder, browser);
        var script = _workspace.Write("browser", "#!/nowhere/python\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        _workspace.WriteNotebook("good.ipynb", NotebookCellText.Code("one", "1"));

        var run = await ProgramRun.OfAsync(_workspace, "handouts", "good.ipynb", "--output", "pages", "--book");

        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain(browser).And.Contain(reason).And.Contain("install").And.NotContain("   at ");
    }

    [Theory]
    [InlineData(0, "run")]
    [InlineData(2, "handouts")]
    public async Task A_notebook_beside_the_lessons_gets_no_page_among_theirs(int exitCode, string verb)
    {
        _workspace.Write("ConcurrencyNotebooks.sln", "");
        _workspace.WriteNotebook("notebooks/01-lesson.ipynb", NotebookCellText.Code("one", "1"));
        _workspace.WriteNotebook("notebooks/other.ipynb", NotebookCellText.Code("one", "1"));

        var run = await ProgramRun.OfAsync(_workspace, verb, "notebooks/other.ipynb");

        run.ExitCode.Should().Be(exitCode);
        (run.Output + run.Error).Should().Contain("Choose a folder").And.NotContain("   at ");
        Directory.Exists(_workspace["handouts"]).Should().BeFalse();
    }

    [Fact]
    public async Task A_notebook_that_cannot_be_written_is_not_lost()
    {
        var path = _workspace.WriteNotebook("locked.ipynb", NotebookCellText.Code("one", "1"));
        var before = File.ReadAllBytes(path);
        File.SetAttributes(path, FileAttributes.ReadOnly);

        var run = await ProgramRun.OfAsync(_workspace, "run", "locked.ipynb", "--save");

        File.SetAttributes(path, FileAttributes.Normal);
        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain("was not saved and is unchanged").And.NotContain("   at ");
        File.ReadAllBytes(path).Should().Equal(before);
    }

    [Fact]
    public async Task A_handout_folder_that_cannot_be_made_is_explained_after_the_run()
    {
        _workspace.WriteNotebook("good.ipynb", NotebookCellText.Code("one", "1"));
        _workspace.Write("occupied", "a file where a folder should be");

        var run = await ProgramRun.OfAsync(_workspace, "run", "good.ipynb", "--handouts", "occupied");

        run.ExitCode.Should().Be(2);
        run.Output.Should().Contain("one: ok").And.Contain("was not written").And.Contain("--handouts");
    }

    [Fact]
    public async Task Help_names_the_verbs_and_hides_the_host()
    {
        var run = await ProgramRun.OfAsync(_workspace, "--help");

        run.ExitCode.Should().Be(0);
        run.Output.Should().Contain("run").And.Contain("handouts").And.Contain("check").And.NotContain("host ");
    }
}
