using System.Runtime.Versioning;
using System.Text;
using System.Text.Json.Nodes;
using NotebookHost;
using Workshop.Lessons;

namespace Workshop.Tests;

/// <summary>Notebooks of any origin are read, and a save changes outputs alone: whole, or not at all.</summary>
public sealed class NotebookDocumentTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public static TheoryData<string> Samples => ["colab", "compact", "jupyter", "polyglot", "odd"];

    private string File1 => _workspace["a.ipynb"];

    public void Dispose()
    {
        if (!OperatingSystem.IsWindows())
            new DirectoryInfo(_workspace.Folder).UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        _workspace.Dispose();
    }

    [Fact]
    public void Sources_tags_and_outputs_are_read()
    {
        var cell = Load(Sample("jupyter")).Cells[1];

        (cell.Id, cell.ExecutionCount, cell.IsCode).Should().Be(("e0d1b7c4", 3, true));
        cell.IsOptional.Should().BeTrue();
        (cell.Outputs[0].StreamName, cell.Outputs[0].Text).Should().Be(("stdout", "first\nsecond"));
        cell.Outputs[1].Form("application/json").Should().Be("""{"big":12345678901234567890123,"exact":1.0,"small":1e-05}""");
    }

    [Fact]
    public void What_is_missing_or_odd_is_taken_for_empty()
    {
        var cells = Load(Odd).Cells;

        cells.Select(cell => cell.Id).Should().Equal("cell-1", "cell-2", "twin", "twin", "cell-5");
        cells[0].Outputs[0].Type.Should().Be("hologram");
        cells[0].Outputs[1].Forms.Should().BeEmpty();
        cells[1].Source.Should().BeEmpty();
        cells[4].Attachments!.ToJsonString().Should().Contain("iVBO");
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_save_changes_outputs_alone(string name)
    {
        foreach (var text in Spellings(name == "odd" ? Odd : Sample(name)))
        {
            var document = Load(text);
            foreach (var cell in document.CodeCells) cell.SetOutputs(7, [CellOutput.Stream("stdout", "new 😀\u2028\u001b[0m\n")]);
            document.Save();

            var (before, after) = (JsonNode.Parse(text.TrimStart('\uFEFF'))!, JsonNode.Parse(File.ReadAllText(File1))!);
            after["cells"]!.AsArray().Where(cell => cell!["cell_type"]!.GetValue<string>() == "code")
                .Should().OnlyContain(cell => cell!["outputs"]!.AsArray().Count == 1 && cell["execution_count"]!.GetValue<int>() == 7);
            foreach (var cell in before["cells"]!.AsArray().Concat(after["cells"]!.AsArray()).Select(cell => cell!.AsObject()))
            {
                if (cell["cell_type"]!.GetValue<string>() != "code") continue;
                cell["outputs"] = new JsonArray();
                cell["execution_count"] = null;
            }

            Sorted(after).Should().Be(Sorted(before), "everything else is what it was");
            var saved = Encoding.UTF8.GetString(File.ReadAllBytes(File1));
            saved.StartsWith('\uFEFF').Should().Be(text.StartsWith('\uFEFF'));
            saved.Contains("\r\n", StringComparison.Ordinal).Should().Be(text.Contains("\r\n", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("colab")]
    [InlineData("jupyter")]
    [InlineData("polyglot")]
    public void What_is_saved_is_valid_for_Jupyter_and_spelt_as_Jupyter_spells_it(string name)
    {
        var document = Load(Sample(name));
        foreach (var cell in document.CodeCells)
        {
            cell.SetOutputs(1,
            [
                CellOutput.Stream("stdout", "a\r\nb\u001b[31m😀\u007f\u2028\\u0041"),
                CellOutput.Display([("text/html", "<b>\n</b>"), ("application/json", "{\"a\": [1]}"), ("image/svg+xml", "<svg/>")]),
                CellOutput.Result([("text/plain", "1")]),
                CellOutput.Error(new CellError("E", "no", null, ["at x"])),
            ]);
        }

        document.Save(_workspace["b.ipynb"]);

        var saved = File.ReadAllText(_workspace["b.ipynb"]);
        PythonNbformat.FirstErrors([saved]).Should().Equal((string?)null);
        if (name == "jupyter") PythonNbformat.Rewritten(saved).Should().Be(saved);
    }

    [Theory]
    [InlineData("", "ends too early")]
    [InlineData("{\n \"cells\": [\n  {\"cell_type\": \"code", "ends too early")]
    [InlineData("{\n<<<<<<< HEAD\n", "(line 2): the file has a merge conflict")]
    [InlineData("{\"a\": NaN}", "(line 1): this is not JSON")]
    [InlineData("<!doctype html><title>404</title>", "(line 1): this is not JSON")]
    [InlineData("{\"nbformat\": 4}\nx", "(line 2): this is not JSON")]
    [InlineData("{\"nbformat\": 4, \n \n", "ends too early")]
    [InlineData("{\"a\": 1,\n \"a\": 2}", "this is not JSON")]
    [InlineData("{\"a\": \"\\ud800\"}", "half of a surrogate pair")]
    [InlineData("[]", "it holds an array")]
    [InlineData("{}", "it has no \"nbformat\"")]
    [InlineData("{\"nbformat\": 4}", "\"cells\" is nothing instead of an array")]
    [InlineData("{\"nbformat\": 3, \"worksheets\": []}", "the format 3; only nbformat 4 is read. Convert it")]
    [InlineData("{\"nbformat\": \"4\", \"cells\": []}", "the format \"4\"")]
    [InlineData("{\"nbformat\": 4, \"cells\": [1]}", "cell 1 is a number instead of an object")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{}]}", "cell 1 has no \"cell_type\"")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": [1]}]}", "neither a string nor an array of strings")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"outputs\": \"x\"}]}", "\"outputs\" that are a string")]
    public void What_is_no_notebook_is_refused_with_the_reason(string text, string message)
    {
        var read = () => Load(text);

        read.Should().Throw<NotebookFormatException>().Which.Message.Should().Contain("a.ipynb").And.Contain(message);
    }

    [Fact]
    public void Nesting_is_limited_before_it_overflows_the_stack()
    {
        var read = () => Load(new string('[', 1_000_000));

        read.Should().Throw<NotebookFormatException>();
    }

    [Fact]
    public void A_file_in_another_encoding_is_refused()
    {
        File.WriteAllBytes(File1, [0xFF, 0xFE, 0x7B, 0x00]);
        var utf16 = () => NotebookDocument.Load(File1);
        utf16.Should().Throw<NotebookFormatException>().WithMessage("*UTF-16*Save it as UTF-8*");

        File.WriteAllBytes(File1, [(byte)'{', (byte)'\n', (byte)'"', 0xE9]);
        var latin1 = () => NotebookDocument.Load(File1);
        latin1.Should().Throw<NotebookFormatException>().WithMessage("*(line 2): the file is not UTF-8*");
    }

    [Fact]
    public void Edits_made_by_another_program_in_the_meantime_are_not_overwritten()
    {
        var document = Load(Sample("jupyter"));
        document.Cells[2].SetOutputs(9, []);
        File.WriteAllText(File1, Sample("colab"));

        var save = () => document.Save();

        save.Should().Throw<NotebookSaveException>()
            .WithMessage("*a.ipynb was not saved and is unchanged: another program changed the file*");
        File.ReadAllText(File1).Should().Be(Sample("colab"));
    }

    [Fact]
    public void They_are_not_overwritten_either_where_the_file_is_named_in_another_way_than_it_was_read()
    {
        File.WriteAllText(File1, Sample("jupyter"));
        var document = NotebookDocument.Load(Path.GetRelativePath(Environment.CurrentDirectory, File1));
        document.Cells[2].SetOutputs(9, []);
        File.WriteAllText(File1, Sample("colab"));

        var save = () => document.Save(File1);

        save.Should().Throw<NotebookSaveException>();
        File.ReadAllText(File1).Should().Be(Sample("colab"));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_symbolic_link_stays_and_its_target_keeps_its_permissions()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links and modes of this kind are Unix's.");
        File.WriteAllText(File1, Sample("jupyter"));
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
        File.SetUnixFileMode(File1, Mode);
        var link = Path.Combine(Directory.CreateDirectory(_workspace["links"]).FullName, "link.ipynb");
        File.CreateSymbolicLink(link, "../a.ipynb");

        var document = NotebookDocument.Load(link);
        document.Cells[2].SetOutputs(9, []);
        document.Save();

        new FileInfo(link).LinkTarget.Should().Be("../a.ipynb");
        NotebookDocument.Load(File1).Cells[2].ExecutionCount.Should().Be(9);
        File.GetUnixFileMode(File1).Should().Be(Mode);
    }

    [Fact]
    public void A_notebook_is_saved_under_the_longest_name_that_there_is()
    {
        var path = _workspace.Write($"{new string('x', 249)}.ipynb", Sample("jupyter"));

        var document = NotebookDocument.Load(path);
        document.Cells[2].SetOutputs(9, []);
        document.Save();

        NotebookDocument.Load(path).Cells[2].ExecutionCount.Should().Be(9);
    }

    [Fact]
    public async Task A_pipe_is_written_and_not_replaced_by_a_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Pipes with a name in a folder are Unix's.");
        using (var make = System.Diagnostics.Process.Start("mkfifo", [File1])) await make.WaitForExitAsync();
        var reading = Task.Run(() => File.ReadAllText(File1));

        AtomicFile.Write(File1, "whole"u8.ToArray());

        (await reading.WaitAsync(TimeSpan.FromSeconds(10))).Should().Be("whole");
    }

    [Fact]
    public void JSON_among_the_outputs_is_read_however_deep_and_written_so_that_it_can_be_read_again()
    {
        const string Twice = """{"a":1,"a":2}""";
        var deep = new string('[', 200) + new string(']', 200);
        var document = Load(Sample("jupyter"));
        document.Cells[2].SetOutputs(9, [CellOutput.Display([("application/json", Twice)])]);
        document.Save();
        File.WriteAllText(File1, File.ReadAllText(File1).Replace("1e-05", deep, StringComparison.Ordinal));

        var cells = NotebookDocument.Load(File1).Cells;

        cells[1].Outputs[1].Form("application/json").Should().Contain(deep);
        cells[2].Outputs[0].Form("application/json")!.Replace("\\", "", StringComparison.Ordinal).Should().Contain(Twice);
    }

    [Fact]
    public void A_backslash_in_a_name_is_no_separator_on_Unix()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There it is one.");

        new NotebookFile("folder/a\\b.ipynb").DisplayPath.Should().Be("folder/a\\b.ipynb");
    }

    [Fact]
    public void A_failure_leaves_the_old_file_and_nothing_else()
    {
        // A folder in the file's place makes the last step, the rename, fail for every user, root included.
        var document = Load(Sample("jupyter"));
        var target = Directory.CreateDirectory(_workspace["b.ipynb"]).FullName;
        File.WriteAllText(Path.Combine(target, "inside"), "x");

        var save = () => document.Save(target);

        save.Should().Throw<NotebookSaveException>().WithMessage("*b.ipynb was not saved and is unchanged:*Check that*");
        Directory.GetFiles(_workspace.Folder).Should().Equal(File1);
    }

    [Fact]
    public void A_write_protected_file_is_respected()
    {
        var document = Load(Sample("jupyter"));
        File.SetAttributes(File1, FileAttributes.ReadOnly);
        Assert.SkipUnless(new FileInfo(File1).IsReadOnly, "This user may write everywhere.");
        document.Cells[2].SetOutputs(9, []);

        var save = () => document.Save();

        save.Should().Throw<NotebookSaveException>().WithMessage("*a.ipynb is write-protected*");
        File.SetAttributes(File1, FileAttributes.Normal);
        File.ReadAllText(File1).Should().Be(Sample("jupyter"));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_folder_that_may_not_be_written_is_an_error_that_says_so()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Modes of folders are Unix's.");
        Assert.SkipWhen(Environment.UserName == "root", "root may write everywhere.");
        var document = Load(Sample("jupyter"));
        document.Cells[2].SetOutputs(9, []);
        new DirectoryInfo(_workspace.Folder).UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserExecute;

        var save = () => document.Save();

        save.Should().Throw<NotebookSaveException>().WithMessage("*denied*");
    }

    [Fact]
    public void Outputs_belong_to_the_code_that_they_were_stamped_with()
    {
        var document = Ran();
        document.StaleCells().Should().BeEmpty();

        const string Own = "The code changed after its outputs were saved";
        const string Earlier = "The code of a cell above changed after the outputs were saved";
        Changed("b + 1", "b + 2").StaleCells().Select(Describe).Should().Equal($"second {Own}", $"third {Earlier}");
        Changed("var a = 1;", "var a = 2;").StaleCells().Select(Describe).Should()
            .Equal($"first {Own}", $"second {Earlier}", $"third {Earlier}");
        Changed("var a = 1;", "var a = 1;\\n").StaleCells().Should().BeEmpty("blank lines at the end do not count");
    }

    [Fact]
    public void Outputs_that_another_front_end_made_are_not_stale()
    {
        Ran();
        var rerun = NotebookDocument.Load(WithText("b + 1", "b + 2"));
        rerun.Cells[1].SetOutputs(2, [CellOutput.Result([("text/plain", "other")])]);
        rerun.Cells[2].SetOutputs(3, [CellOutput.Result([("text/plain", "other too")])]);
        rerun.Save();

        NotebookDocument.Load(File1).StaleCells().Should().BeEmpty();
    }

    private const string Odd =
        """
        {
            "vendor": {"z": 1, "a": [1.50, 1E5, -0, 12345678901234567890]},
            "cells": [
                {"cell_type": "code", "source": "1", "id": null,
                    "outputs": [{"output_type": "hologram", "x": 1.0}, {"output_type": 7, "data": 5}], "metadata": {"x": "\ud83d\ude00\/"}},
                {"cell_type": "code", "source": null, "id": 5, "outputs": null},
                {"cell_type": "code", "source": ["1"], "id": "twin", "metadata": {}},
                {"cell_type": "raw", "source": "raw", "id": "twin", "metadata": {"format": "text/latex"}},
                {"cell_type": "markdown", "source": "![a](attachment:a.png)", "id": "", "attachments": {"a.png": {"image/png": "iVBO"}}}
            ],
            "nbformat": 4,
            "nbformat_minor": 2
        }
        """;

    private static string Sample(string name) => File.ReadAllText(Workspace.TestFile("Samples", $"{name}.ipynb"));

    private static IEnumerable<string> Spellings(string text)
    {
        yield return text;
        yield return "\uFEFF" + text.ReplaceLineEndings("\r\n");
        yield return JsonNode.Parse(text)!.ToJsonString(new() { WriteIndented = true, IndentCharacter = '\t', IndentSize = 1 }) + "\n\n";
    }

    private static string Sorted(JsonNode? node) => node switch
    {
        JsonObject json => "{" + string.Join(
            ",", json.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => $"{member.Key}:{Sorted(member.Value)}")) + "}",
        JsonArray array => "[" + string.Join(",", array.Select(Sorted)) + "]",
        _ => node?.ToJsonString() ?? "null",
    };

    private static string Describe((NotebookCell Cell, string Reason) stale) => $"{stale.Cell.Id} {stale.Reason}";

    private NotebookDocument Load(string text)
    {
        File.WriteAllBytes(File1, Encoding.UTF8.GetBytes(text));
        return NotebookDocument.Load(File1);
    }

    private NotebookDocument Ran()
    {
        _workspace.WriteNotebook("a.ipynb", NotebookCellText.Code("first", "var a = 1;"), NotebookCellText.Code("second", "b + 1"),
            NotebookCellText.Code("third", "3"));
        var document = NotebookDocument.Load(File1);
        document.Cells[0].SetOutputs(1, []);
        document.Cells[1].SetOutputs(2, [CellOutput.Result([("text/plain", "2")])]);
        document.Cells[2].SetOutputs(3, [CellOutput.Result([("text/plain", "3")])]);
        document.StampOutputs();
        document.Save();
        return NotebookDocument.Load(File1);
    }

    private NotebookDocument Changed(string code, string by)
    {
        Ran();
        return NotebookDocument.Load(WithText(code, by));
    }

    private string WithText(string code, string by)
    {
        File.WriteAllText(File1, File.ReadAllText(File1).Replace(code, by, StringComparison.Ordinal));
        return File1;
    }
}
