namespace Workshop.Tests;

/// <summary>Each notebook of Broken/ fails in its own way; the report names the cell and the reason, the exit code says it.</summary>
public sealed class BrokenNotebookTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("throws", "throwing-cell", "line 3 of the cell", "InvalidOperationException: no 42 today")]
    [InlineData("does-not-compile", "mistyped-cell", "line 2 of the cell", "Cannot implicitly convert type 'string' to 'int'")]
    [InlineData("exits", "exiting-cell", "(2 of 3)", "exit code 3")]
    [InlineData("overflows", "recursive-cell", "(2 of 3)", "stack overflow")]
    [InlineData("missing-dll", "referencing-cell", "line 1 of the cell", "NoSuchLibrary.dll")]
    [InlineData("unknown-magic", "magic-cell", "(2 of 3)", "#!sql")]
    public async Task A_cell_that_fails_fails_the_notebook_with_its_name_and_reason(string name, string cell, string place, string reason)
    {
        _workspace.Copy("Broken", $"{name}.ipynb");

        var run = await ProgramRun.OfAsync(_workspace, "run", $"{name}.ipynb");

        run.ExitCode.Should().Be(1);
        run.Output.Should().Contain("first: ok").And.Contain($"✘ {name}.ipynb:").And.Contain($"cell '{cell}'").And.Contain(place);
        run.Output.Should().ContainEquivalentOf(reason).And.Contain("The 1 cell after it was not run.").And.Contain("1 of 3");
        run.Output.Should().NotContain("Workshop.Running", "no stack frame of the program belongs in a report");
        run.Error.Should().BeEmpty();
    }

    [Fact]
    public async Task A_cell_that_never_ends_is_ended_after_the_timeout()
    {
        _workspace.Copy("Broken", "loops.ipynb");

        var run = await ProgramRun.OfAsync(_workspace, "run", "loops.ipynb", "--timeout", "10");

        run.ExitCode.Should().Be(1);
        run.Output.Should().Contain("cell 'endless-cell' (2 of 3)").And.Contain("ran longer than 10 s");
    }

    [Theory]
    [InlineData("broken-json", "line 4", "ends too early")]
    [InlineData("no-notebook", "line 1", "not a notebook")]
    public async Task A_file_that_is_no_notebook_is_an_input_error_that_says_where(string name, string place, string reason)
    {
        var path = _workspace.Copy("Broken", $"{name}.ipynb");
        var before = File.ReadAllText(path);

        var run = await ProgramRun.OfAsync(_workspace, "run", $"{name}.ipynb", "--save");

        run.ExitCode.Should().Be(2);
        run.Output.Should().Contain($"✘ {name}.ipynb").And.Contain(place).And.Contain(reason);
        File.ReadAllText(path).Should().Be(before);
    }

    [Fact]
    public async Task The_report_names_the_line_in_the_file()
    {
        var path = _workspace.Copy("Broken", "throws.ipynb");
        var line = 1 + File.ReadAllLines(path).ToList().FindIndex(text => text.Contains("throw new", StringComparison.Ordinal));

        var run = await ProgramRun.OfAsync(_workspace, "run", "throws.ipynb");

        run.Output.Should().Contain($"✘ throws.ipynb:{line}: cell 'throwing-cell'");
    }

    [Fact]
    public async Task A_notebook_in_another_language_is_named_and_an_id_of_spaces_runs()
    {
        var path = _workspace.WriteNotebook("foreign.ipynb", NotebookCellText.Code(" ", "1"), NotebookCellText.Code("two", "let x = 1"));
        var text = File.ReadAllText(path).Replace("\"kernelName\": \"csharp\"", "", StringComparison.Ordinal);
        File.WriteAllText(path, text);
        _workspace.Write("fsharp.ipynb", text.Replace("\"language\": \"C#\"", "\"language\": \"F#\"", StringComparison.Ordinal));

        var run = await ProgramRun.OfAsync(_workspace, "run", "foreign.ipynb", "fsharp.ipynb");

        run.ExitCode.Should().Be(1);
        run.Output.Should().Contain("cell-1: ok").And.Contain("This host runs C#: the cell 'cell-1' is F#.");
        run.Error.Should().BeEmpty();
    }

    [Fact]
    public async Task A_cell_for_another_kernel_is_named_and_the_notebook_goes_on()
    {
        var path = _workspace.WriteNotebook(
            "mixed.ipynb", NotebookCellText.Code("f", "let x = 1 in x + 1"), NotebookCellText.Code("c", "1 + 1"));
        var text = File.ReadAllText(path);
        var first = text.IndexOf("csharp", StringComparison.Ordinal);
        File.WriteAllText(path, text[..first] + "fsharp" + text[(first + "csharp".Length)..]);

        var run = await ProgramRun.OfAsync(_workspace, "run", "mixed.ipynb");

        run.ExitCode.Should().Be(1);
        run.Output.Should().Contain("This host runs C#: the cell 'f' is F#.").And.Contain("c: ok").And.Contain("1 of 2");
        run.Error.Should().BeEmpty();
    }

    [Fact]
    public async Task Half_a_surrogate_pair_is_no_text_and_an_empty_id_is_no_name()
    {
        var empty = File.ReadAllText(_workspace.WriteNotebook("empty.ipynb", NotebookCellText.Code("one", "1")));
        _workspace.Write("empty.ipynb", empty.Replace("\"one\"", "\"\"", StringComparison.Ordinal));
        _workspace.Write("half.ipynb", empty.Replace("\"1\"", "\"\\ud83d\"", StringComparison.Ordinal));

        var run = await ProgramRun.OfAsync(_workspace, "run", "empty.ipynb", "half.ipynb");
        var check = await ProgramRun.OfAsync(_workspace, "check", "empty.ipynb", "half.ipynb");

        run.ExitCode.Should().Be(2);
        run.Output.Should().Contain("cell-1: ok").And.Contain("half.ipynb: a string holds half of a surrogate pair");
        check.ExitCode.Should().Be(1);
        check.Output.Should().Contain("half of a surrogate pair");
    }

    [Fact]
    public async Task The_notebooks_after_a_broken_one_still_run()
    {
        _workspace.Copy("Broken", "exits.ipynb");
        _workspace.Copy("Broken", "broken-json.ipynb");
        _workspace.WriteNotebook("well.ipynb", NotebookCellText.Code("answer", "6 * 7"));

        var run = await ProgramRun.OfAsync(_workspace, "run", ".");

        run.Output.Should().Contain("answer: ok").And.Contain("✘ broken-json.ipynb").And.Contain("cell 'exiting-cell'");
        run.ExitCode.Should().Be(2, "an unreadable file outweighs a failed cell");
    }
}
