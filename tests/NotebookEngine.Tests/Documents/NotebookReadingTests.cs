namespace NotebookEngine.Tests;

public class NotebookReadingTests
{
    [Fact]
    public void A_notebook_of_Jupyter_is_read_with_sources_tags_and_outputs()
    {
        var document = NotebookDocument.Parse(Sample.Text("jupyter"));

        document.FormatMinor.Should().Be(5);
        document.Metadata["kernelspec"]!["name"]!.GetValue<string>().Should().Be("python3");
        document.Cells.Select(cell => cell.Kind).Should().Equal(CellKind.Markdown, CellKind.Code, CellKind.Code);
        document.Cells[0].Source.Should().Be("# Café ☕ and <b>bold</b>\n\nTwo paragraphs.");
        var cell = document.Cells[1];
        (cell.Id, cell.ExecutionCount, cell.Line).Should().Be(("e0d1b7c4", 3, 13));
        cell.Tags.Should().Equal("optional");
        cell.Outputs[0].Should().Be(new StreamOutput(StreamName.Stdout, "first\nsecond"));
        var result = cell.Outputs[1].Should().BeOfType<ResultOutput>().Subject;
        result.Data.MimeTypes.Should().Equal("application/json", "image/png", "text/plain");
        result.Data["application/json"].Should().Be("""{"big":12345678901234567890123,"exact":1.0,"small":1e-05}""");
        result.Data.Metadata!["image/png"]!["width"]!.GetValue<int>().Should().Be(640);
    }

    [Fact]
    public void Errors_and_other_line_ends_of_a_Polyglot_notebook_are_read_as_they_are()
    {
        var outputs = NotebookDocument.Parse(Sample.Text("polyglot")).Cells.Single().Outputs;

        outputs[0].Should().BeOfType<DisplayOutput>().Which.Data["text/html"].Should().Contain("<style>\r\n.dni");
        outputs[1].Should().Be(new ErrorOutput(
            "Error", "System.Exception: no", ["System.Exception: no\r\n", "   at Submission#2.<<Initialize>>d__0.MoveNext()"]));
    }

    [Fact]
    public void Sources_and_outputs_may_be_one_string_with_escapes()
    {
        var document = NotebookDocument.Parse(Sample.Text("colab"));

        document.Cells[0].Source.Should().Be("# Café 😀");
        document.Cells[1].Source.Should().Be("import time\ntime.sleep(0.1)");
        document.Cells[1].Outputs.Should().Equal(new StreamOutput(StreamName.Stderr, "\u001b[31mred\u001b[0m あ"));
    }

    [Fact]
    public void What_is_missing_or_odd_is_taken_for_empty()
    {
        var document = NotebookDocument.Parse(Sample.Text("compact"));

        document.Metadata.Should().BeEmpty();
        document.Cells[0].Outputs.Should().BeEmpty();
        document.Cells[0].ExecutionCount.Should().BeNull();
        document.Cells[1].Kind.Should().Be(CellKind.Raw, "nothing may run what is not known");
    }

    [Fact]
    public void Cells_without_an_id_get_one_that_a_person_can_read_and_that_stays()
    {
        var json = Sample.Around(
            """
            {"cell_type": "markdown", "source": "Intro\n# Threads, and the lock"},
            {"cell_type": "code", "source": "using System;\nvar timings = Cpu.SumOfSquares(10);"},
            {"cell_type": "code", "source": "var timings = Cpu.SumOfSquares(10);"},
            {"cell_type": "markdown", "source": "# 日本語"},
            {"cell_type": "code", "source": ""},
            {"cell_type": "markdown", "source": "x", "id": "threads-lock-2"},
            {"cell_type": "markdown", "source": "# Threads! Lock!"}
            """,
            minor: 4);

        var ids = NotebookDocument.Parse(json).Cells.Select(cell => cell.Id);

        ids.Should().Equal(
            "threads-lock", "timings-cpu-sum-squares-10", "timings-cpu-sum-squares-10-2", "markdown-4", "setup",
            "threads-lock-2", "threads-lock-3");
        NotebookDocument.Parse(json).Cells.Select(cell => cell.Id).Should().Equal(ids);
    }

    [Fact]
    public void An_output_of_an_unknown_kind_is_kept_as_it_is()
    {
        var json = Sample.Around("""{"cell_type": "code", "source": "", "outputs": [{"output_type": "hologram", "x": 1.0}, 7]}""");

        var outputs = NotebookDocument.Parse(json).Cells.Single().Outputs;

        outputs.Should().Equal(new UnknownOutput("""{"output_type":"hologram","x":1.0}"""), new UnknownOutput("7"));
    }

    [Theory]
    [InlineData("", 1, 1, "the file is empty. Restore it")]
    [InlineData("  \n ", 2, 2, "the file is empty")]
    [InlineData("{\n \"cells\": [\n  {},\n ]\n}", 4, 2, "a comma stands before ']'")]
    [InlineData("{\n \"cells\": [\n  {\"cell_type\": \"code", 3, 22, "ends too early inside what starts at line 3, column 17: it was cut off")]
    [InlineData("{\"cells\": [", 1, 12, "ends too early")]
    [InlineData("{\"a\": tr", 1, 9, "ends too early")]
    [InlineData("{\n<<<<<<< HEAD\n", 2, 1, "unresolved merge conflict. Resolve the conflict")]
    [InlineData("{\"a\": 1\n=======\n", 2, 1, "unresolved merge conflict")]
    [InlineData("{\"a\": NaN}", 1, 7, "NaN and Infinity are not JSON")]
    [InlineData("{\"a\": 'b'}", 1, 7, "expected a value, found '''")]
    [InlineData("{a: 1}", 1, 2, "expected a key in double quotes")]
    [InlineData("{\"a\": \"\\x\"}", 1, 8, "'\\x' is no escape")]
    [InlineData("{\"a\": \"\\u00g0\"}", 1, 8, "four hexadecimal digits")]
    [InlineData("{\"a\": \"one\ntwo\"}", 1, 11, "a string holds a line break")]
    [InlineData("{\"a\": 01}", 1, 8, "expected ',' or '}', found '1'")]
    [InlineData("{} {}", 1, 4, "expected the end of the file")]
    public void What_is_not_JSON_is_refused_with_its_place(string text, int line, int column, string message)
    {
        var read = () => NotebookDocument.Parse(text, "broken.ipynb");

        var exception = read.Should().Throw<NotebookFormatException>().Which;

        exception.Message.Should().StartWith($"broken.ipynb (line {line}, column {column}): ").And.Contain(message);
        (exception.Path, exception.Line, exception.Column).Should().Be(("broken.ipynb", line, column));
    }

    [Theory]
    [InlineData("[]", "this is JSON, but not a notebook: it holds an array")]
    [InlineData("{}", "it has no \"nbformat\"")]
    [InlineData("{\"nbformat\": 4}", "it has no \"cells\"")]
    [InlineData("{\"nbformat\": 4, \"cells\": {}}", "\"cells\" is an object instead of an array")]
    [InlineData("{\"nbformat\": 3, \"worksheets\": []}", "the old format 3; only nbformat 4 is read. Convert it: jupyter nbconvert")]
    [InlineData("{\"nbformat\": 5, \"cells\": []}", "newer than the nbformat 4")]
    [InlineData("{\"nbformat\": \"4\", \"cells\": []}", "\"nbformat\" is \"4\" instead of 4")]
    [InlineData("{\"nbformat\": 4, \"nbformat_minor\": \"x\", \"cells\": []}", "\"nbformat_minor\" is \"x\"")]
    [InlineData("{\"nbformat\": 4, \"cells\": [1]}", "cell 1 is a number instead of an object")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{}]}", "cell 1 has no \"cell_type\"")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": [1]}]}", "neither a string nor an array of strings")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"outputs\": \"x\"}]}", "\"outputs\" is a string instead of an array")]
    public void JSON_that_is_no_notebook_is_refused_with_the_reason(string text, string message)
    {
        var read = () => NotebookDocument.Parse("\n" + text);

        var exception = read.Should().Throw<NotebookFormatException>().Which;

        exception.Message.Should().StartWith("The notebook (line 2): ").And.Contain(message);
    }

    [Fact]
    public void Nesting_is_limited_before_it_overflows_the_stack()
    {
        var read = () => NotebookDocument.Parse(new string('[', 1_000_000));

        read.Should().Throw<NotebookFormatException>().WithMessage("*nests deeper than 256 levels*");
    }

    [Fact]
    public void A_file_in_another_encoding_is_refused()
    {
        var utf16 = () => NotebookDocument.Parse([0xFF, 0xFE, 0x7B, 0x00], "a.ipynb");
        var latin1 = () => NotebookDocument.Parse([(byte)'{', (byte)'\n', (byte)'"', 0xE9], "a.ipynb");

        utf16.Should().Throw<NotebookFormatException>().WithMessage("*UTF-16*Save it as UTF-8*");
        latin1.Should().Throw<NotebookFormatException>().WithMessage("a.ipynb (line 2): the file is not UTF-8*");
    }
}
