using System.Globalization;
using NotebookHost;
using Workshop.Handouts;
using Workshop.Lessons;
using Workshop.Running;

namespace Workshop.Tests;

/// <summary>The small readers and writers of text, each by itself.</summary>
public sealed class TextTests
{
    [Fact]
    public void Lines_of_cells_are_found_in_the_file_however_it_is_written()
    {
        using var workspace = new Workspace();
        var many = workspace.WriteNotebook(
            "many.ipynb", NotebookCellText.Markdown("text", "# x"), NotebookCellText.Code("code", "one\ntwo\n\nfour"));
        var lines = File.ReadAllLines(many).ToList();
        var single = workspace.Write("single.ipynb",
            "{\"nbformat\": 4,\n\"cells\": [\n{\"cell_type\": \"code\", \"source\": \"a\\nb\", \"metadata\": {\"source\": \"no\"}}]}");

        LineIn(many, 1, 4).Should().Be(1 + lines.FindIndex(line => line.Contains("four", StringComparison.Ordinal)));
        LineIn(many, 1, 5).Should().BeNull();
        LineIn(single, 0, 2).Should().Be(3);
        LineIn(single, 0, 3).Should().BeNull();
        LineIn(single, 1, 1).Should().BeNull();

        static int? LineIn(string file, int cell, int line) => NotebookDocument.Load(file).FindLine(cell, line);
    }

    [Fact]
    public void Paths_of_the_machine_are_hidden_and_other_text_is_not()
    {
        var root = OperatingSystem.IsWindows() ? @"C:\srv\clone" : "/srv/clone";
        var paths = new MachinePaths(root);
        var inside = Path.Combine(root, "lib", "X.cs");

        paths.Hide($"at {inside}:line 3").Should().Be($"at {Path.Combine("lib", "X.cs")}:line 3");
        paths.Hide($"in {root}, there").Should().Be("in ., there");
        paths.Hide($"{root}-other{inside}").Should().Be($"{root}-other{inside}");
        var output = CellOutput.Display([("image/png", root), ("text/plain", inside)]).Map((_, text) => paths.Hide(text));
        output.Form("image/png").Should().Be(root);
        output.Form("text/plain").Should().Be(Path.Combine("lib", "X.cs"));
    }

    [Theory]
    [InlineData("03-threads.ipynb", "03-threads", "03-threads", null, true)]
    [InlineData("03-threads.ja.ipynb", "03-threads.ja", "03-threads", "ja", true)]
    [InlineData("notes.ipynb", "notes", "notes", null, false)]
    public void A_file_name_tells_lesson_and_language(string file, string name, string topic, string? language, bool isLesson)
    {
        var notebook = new NotebookFile(file);

        (notebook.Name, notebook.Topic, notebook.Language, notebook.IsLesson).Should().Be((name, topic, language, isLesson));
    }

    [Fact]
    public void Python_is_coloured()
    {
        var html = PythonColours.ToHtml("async def f(x): # <hi>\n    return f\"{x}\" + '1' * 2");

        html.Should().Be(
            "<span class=\"k\">async</span> <span class=\"k\">def</span> <span class=\"m\">f</span>(x): <span class=\"c\"># "
                + "&lt;hi&gt;</span>\n" +
            "    <span class=\"kc\">return</span> <span class=\"s\">f&quot;{x}&quot;</span> + <span class=\"s\">&#39;1&#39;</span> "
                + "* <span class=\"n\">2</span>");
    }

    [Fact]
    public void CSharp_is_coloured_by_its_syntax()
    {
        const string Code = "#r \"x.dll\"\n// done\nvar m = new Machine();\nforeach (int n in m.All) Console.WriteLine($\"<{n}>\");";

        CSharpColours.ToHtml(Code).Should().Be(
            "<span class=\"pp\">#r &quot;x.dll&quot;</span>\n<span class=\"c\">// done</span>\n" +
            "<span class=\"k\">var</span> m = <span class=\"k\">new</span> <span class=\"t\">Machine</span>();\n" +
            "<span class=\"kc\">foreach</span> (<span class=\"k\">int</span> n <span class=\"k\">in</span> m.All) " +
            "<span class=\"t\">Console</span>.<span class=\"m\">WriteLine</span>(<span class=\"s\">$&quot;</span><span "
                + "class=\"s\">&lt;</span>{n}<span class=\"s\">&gt;</span><span class=\"s\">&quot;</span>);");
    }

    [Theory]
    [InlineData('(')]
    [InlineData('[')]
    [InlineData('{')]
    [InlineData('<')]
    public void Code_that_nests_without_end_is_text_and_an_error_that_says_so(char bracket)
    {
        var code = "var x = " + new string(bracket, 100_000);

        CSharpColours.ToHtml(code).Should().NotContain("span");
        CellSyntax.Parse(code).GetDiagnostics().Should().ContainSingle()
            .Which.GetMessage(CultureInfo.InvariantCulture).Should().Contain("More than 500 brackets are open at once. Close them.");
    }
}
