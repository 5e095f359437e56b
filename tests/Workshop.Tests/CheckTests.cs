using System.Text.Json.Nodes;
using Workshop.Checking;
using Workshop.Lessons;

namespace Workshop.Tests;

/// <summary>For each rule a notebook that breaks it, and one that comes close and does not.</summary>
public sealed class CheckTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("magic", 2, "var x = 1;\n#!time")]
    [InlineData("syntax", 1, "namespace Lesson { class A { } }")]
    [InlineData("syntax", 1, "namespace Lesson;")]
    [InlineData("extension-method", 3, "static class More\n{\n    public static int Twice(this int n) => 2 * n;\n}")]
    [InlineData("extension-method", 1, "static int Twice(this int n) => 2 * n;")]
    [InlineData("extension-method", 2, "static class More {\n    extension(int n) { public int Twice => 2 * n; } }")]
    [InlineData("await-cast", 2, "object task = Task.FromResult(1);\nawait ((Task<int>)task).WaitAsync(TimeSpan.FromSeconds(1));")]
    [InlineData("await-cast", 2, "object task = Task.FromResult(1);\nvar one = await "
        + "((Task<int>)task).WaitAsync(TimeSpan.FromSeconds(1));")]
    [InlineData("await-tuple", 2, "var one = Task.FromResult(1);\nvar (a, b) = (await one, 2);")]
    [InlineData("display", 1, "1.Display()")]
    [InlineData("syntax", 1, "await using var stream = new System.IO.MemoryStream();")]
    [InlineData("block-function", 1, "{ int One() { return 1; } One(); }")]
    [InlineData("reference-comment", 1, "#r \"System.dll\" // the library\n1")]
    [InlineData("syntax", 2, "var x = 1;\n#r \"System.dll\"")]
    [InlineData("syntax", 1, "#r System.dll\n1")]
    [InlineData("reference-relative", 1, "#r \"/opt/library.dll\"\n1")]
    [InlineData("reference-relative", 1, "#r \"C:\\library.dll\"\n1")]
    [InlineData("reference-missing", 1, "#r \"../lib/nothing.dll\"\n1")]
    [InlineData("optional", 1, "#r \"nuget: Plotly.NET.Interactive, 5.0.0\"\n1")]
    public void Code_that_breaks_the_contract_is_found_with_its_line(string rule, int line, string code)
    {
        _workspace.Write("System.dll", "");

        var findings = Check(NotebookCellText.Code("first", "using System.Net;"), NotebookCellText.Code("second", code));

        findings.Should().ContainSingle(finding => finding.Rule == rule).Which.Should().BeEquivalentTo(
            new { CellId = "second", Line = line, IsWarning = false }, options => options.ExcludingMissingMembers());
    }

    [Theory]
    [InlineData("// a comment may come first\n#r \"System.dll\"\nusing System.Threading;\nvar thread = new Thread(() => { });")]
    [InlineData("var text = \"\"\"\n    #!time is a magic\n    \"\"\";")]
    [InlineData("var task = (Task<int>)Task.FromResult(1);\nawait task.WaitAsync(TimeSpan.FromSeconds(1))")]
    [InlineData("async Task<int> OneAsync(object task) => await ((Task<int>)task).ConfigureAwait(false);")]
    [InlineData("var one = Task.FromResult(1);\nvar (a, b) = (await Task.FromResult(1), await one.WaitAsync(TimeSpan.FromSeconds(1)));")]
    [InlineData("async Task<(int, int)> BothAsync(Task<int> one) => (await one, await one);")]
    [InlineData("1.Display();")]
    [InlineData("int One() { return 1; }\n{ int Two() => 2; Func<int> f = () => { return 3; }; }")]
    [InlineData("await using (var stream = new System.IO.MemoryStream()) { }")]
    [InlineData("System.IO.File.Exists(\"a\")")]
    public void Code_that_keeps_to_the_contract_passes(string code)
    {
        _workspace.Write("System.dll", "");

        var findings = Check(NotebookCellText.Code("only", code));

        findings.Should().BeEmpty();
    }

    [Fact]
    public void A_package_in_an_optional_cell_is_in_order()
    {
        var findings = Check(NotebookCellText.Code("extra", "#r \"nuget: Plotly.NET.Interactive, 5.0.0\"\n1", "optional"));

        findings.Should().NotContain(finding => finding.Rule == "optional");
    }

    [Theory]
    [InlineData("link", "See [the other](other.ipynb).")]
    [InlineData("picture", "![words](images/none.svg)")]
    [InlineData("picture", "<img src=\"images/none.svg\" alt=\"words\">")]
    [InlineData("alt-text", "![](images/there.svg)")]
    [InlineData("alt-text", "<p><img src=\"images/there.svg\"></p>")]
    public void Markdown_that_leads_nowhere_or_says_nothing_is_found(string rule, string markdown)
    {
        _workspace.Write("images/there.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");

        var findings = Check(NotebookCellText.Markdown("text", $"First line.\n\n{markdown}"));

        findings.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Rule = rule, CellId = "text", Line = 3 });
    }

    [Fact]
    public void Links_that_lead_somewhere_pass()
    {
        _workspace.Write("images/there picture.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");

        var findings = Check(NotebookCellText.Markdown(
            "text", "[a](https://example.org) [b](#here) ![c](images/there%20picture.svg) [d](images) <mailto:a@example.org>"));

        findings.Should().BeEmpty();
    }

    [Fact]
    public void Saved_outputs_that_belong_to_other_code_show_errors_or_name_a_machine_are_found()
    {
        const string Outputs = """
            [{"output_type":"stream","name":"stdout","text":["at /home/somebody/clone/lib"]},
             {"output_type":"error","ename":"Oops","evalue":"no","traceback":[]}]
            """;
        var text = NotebookText.Of(NotebookCellText.Code("old", "1"))
            .Replace("\"outputs\": []", $"\"outputs\": {Outputs}", StringComparison.Ordinal)
            .Replace("\"execution_count\": null", "\"execution_count\": 1", StringComparison.Ordinal);
        _workspace.Write("old.ipynb", text);

        var findings = CheckFile("old.ipynb");

        findings.Select(finding => finding.Rule).Should().BeEquivalentTo("stale", "saved-error", "machine-path", "form");
    }

    [Fact]
    public void Saved_claims_that_are_damaged_are_listed_as_unread()
    {
        const string Claims = """[{"statement":"a","measured":"1","bound":"2","verdict":"maybe","reason":""},"}{",7]""";
        var text = NotebookText.Of(NotebookCellText.Code("claims", "1")).Replace(
            "\"outputs\": []",
            "\"outputs\": [{\"output_type\":\"display_data\",\"metadata\":{},\"data\":{\"application/vnd.concurrency-claim+json\":"
                + Claims + "}}]",
            StringComparison.Ordinal);
        _workspace.Write("claims.ipynb", text);

        CheckFile("claims.ipynb").Should().ContainSingle(finding => finding.Rule == "unread-claim")
            .Which.Message.Should().StartWith("Of the saved claims, 3 cannot be read.");
    }

    [Fact]
    public void What_systems_and_editors_leave_in_a_folder_is_no_notebook()
    {
        _workspace.WriteNotebook("a.ipynb", NotebookCellText.Code("one", "1"));
        _workspace.Write("._a.ipynb", "\0\u0005\u0016\u0007");
        File.CreateSymbolicLink(_workspace[".#a.ipynb"], "somebody@somewhere.1234");
        File.CreateSymbolicLink(_workspace["gone.ipynb"], "no such file.ipynb");

        NotebookFiles.Resolve([_workspace.Folder]).Should().ContainSingle().Which.Name.Should().Be("a");
    }

    [Fact]
    public void Wrong_metadata_and_unreadable_ids_are_found_with_their_line()
    {
        var text = NotebookText.Of(NotebookCellText.Code("0a1b2c3d", "1")).Replace(".net-csharp", "python3", StringComparison.Ordinal);
        _workspace.Write("odd.ipynb", text);

        var findings = CheckFile("odd.ipynb");

        findings.Should().Contain(finding => finding.Rule == "metadata" && finding.Message.Contains("kernelspec"));
        findings.Should().ContainSingle(finding => finding.Rule == "id").Which.FileLine.Should().BePositive();
    }

    [Fact]
    public void A_cell_in_another_language_is_not_read_as_CSharp()
    {
        var text = NotebookText.Of(NotebookCellText.Code("other", "let x = 1")).Replace("csharp\"", "fsharp\"", StringComparison.Ordinal);
        _workspace.Write("other.ipynb", text);

        CheckFile("other.ipynb").Where(finding => finding.CellId == "other").Should().ContainSingle()
            .Which.Message.Should().StartWith("The cell is F#");
    }

    [Fact]
    public void What_is_said_of_the_form_of_a_file_mends_it()
    {
        _workspace.WriteNotebook("form.ipynb", NotebookCellText.Code("one", "1"));

        // A save of ours keeps the form.
        CheckFile("form.ipynb").Should().ContainSingle(finding => finding.Rule == "form")
            .Which.Message.Should().Contain("save it in Jupyter");
    }

    [Fact]
    public void A_notebook_that_Jupyter_saved_passes_but_for_the_addresses_of_the_machine()
    {
        const string Probe = """<script>probeAddresses(["http://172.17.0.2:2048/","http://[fe80::1]:2048/"])</script>""";
        var text = NotebookText.Of(NotebookCellText.Code("first", "1")).Replace("polyglot-notebook", "C#", StringComparison.Ordinal);
        var json = JsonNode.Parse(text)!;
        json["cells"]![0]!["outputs"] = new JsonArray(new JsonObject
        {
            ["data"] = new JsonObject { ["text/html"] = new JsonArray(Probe) },
            ["metadata"] = new JsonObject(),
            ["output_type"] = "display_data",
        });
        json["cells"]![0]!["execution_count"] = 1;
        _workspace.Write("jupyter.ipynb", json.ToJsonString());

        CheckFile("jupyter.ipynb").Where(finding => !finding.IsWarning && finding.Rule != "stale")
            .Should().ContainSingle().Which.Rule.Should().Be("machine-address");
    }

    [Fact]
    public async Task The_verb_prints_file_and_line_and_fails_on_errors_and_strictly_on_warnings()
    {
        _workspace.WriteNotebook("bad.ipynb", NotebookCellText.Code("magic-cell", "#!time"));
        _workspace.WriteNotebook("01-bare.ipynb", NotebookCellText.Code("never-run", "1"));

        var bad = await ProgramRun.OfAsync(_workspace, "check", "bad.ipynb");
        var bare = await ProgramRun.OfAsync(_workspace, "check", "01-bare.ipynb");
        var strict = await ProgramRun.OfAsync(_workspace, "check", "--strict", "01-bare.ipynb");

        bad.ExitCode.Should().Be(1);
        bad.Output.Should().MatchRegex(
            @"bad\.ipynb\(\d+\): error magic: The magic line '#!time' is unknown here.*\(cell 'magic-cell', line 1\)");
        bare.ExitCode.Should().Be(0);
        strict.ExitCode.Should().Be(1);
    }

    private IReadOnlyList<Finding> Check(params NotebookCellText[] cells)
    {
        _workspace.WriteNotebook("notebook.ipynb", cells);
        return [.. CheckFile("notebook.ipynb").Where(finding => finding.Rule is not ("stale" or "form"))];
    }

    private IReadOnlyList<Finding> CheckFile(string name) =>
        NotebookCheck.Check(new NotebookFile(_workspace[name]));
}
