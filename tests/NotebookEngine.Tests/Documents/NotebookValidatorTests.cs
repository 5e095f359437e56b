namespace NotebookEngine.Tests;

public class NotebookValidatorTests
{
    [Fact]
    public void The_contract_names_what_is_missing_and_what_is_wrong()
    {
        var problems = NotebookValidator.CheckContract(NotebookDocument.Parse(Sample.Text("jupyter")));

        problems.Select(problem => problem.ToString()).Should().Equal(
            "Line 67: metadata.kernelspec.name is \"python3\"; it should be \".net-csharp\".",
            "Line 67: metadata.kernelspec.display_name is \"Python 3 (ipykernel)\"; it should be \".NET (C#)\".",
            "Line 67: metadata.kernelspec.language is \"python\"; it should be \"C#\".",
            "Line 67: metadata.language_info.name is \"python\"; it should be \"polyglot-notebook\".",
            "Line 3, cell '7f3c21aa': the id should be words a person can read: lower case, joined by hyphens.",
            "Line 13, cell 'e0d1b7c4': metadata.polyglot_notebook.kernelName is missing; it should be \"csharp\".",
            "Line 13, cell 'e0d1b7c4': the id should be words a person can read: lower case, joined by hyphens.",
            "Line 58, cell '11aa22bb': metadata.polyglot_notebook.kernelName is missing; it should be \"csharp\".",
            "Line 58, cell '11aa22bb': the id should be words a person can read: lower case, joined by hyphens.");
    }

    [Theory]
    [InlineData("threads-lock", true)]
    [InlineData("setup", true)]
    [InlineData("d200673b", false)]
    [InlineData("01e8f4c1-0000-4d3b-8000-1f9a3ad8e0f1", false)]
    [InlineData("Wf5KrEb6vrkR", false)]
    [InlineData("-x", false)]
    public void Readable_ids_are_words(string id, bool isReadable) => CellIds.IsReadable(id).Should().Be(isReadable);

    [Theory]
    [InlineData("\"id\": \"a\"", "\"id\": \"a b\"", "cell.id should be 1 to 64 letters")]
    [InlineData("\"id\": \"a\", ", "", "cell has no \"id\"")]
    [InlineData("\"outputs\": []", "\"outputs\": null", "cell.outputs should be an array")]
    [InlineData("\"outputs\": []", "\"outputs\": [{\"output_type\": \"hologram\"}]", "cell.outputs[0].output_type should be one of stream, display_data, execute_result, error")]
    [InlineData("\"outputs\": []", "\"outputs\": [{\"output_type\": \"stream\", \"text\": 1}]", "cell.outputs[0].text should be a string or an array of strings")]
    [InlineData("\"outputs\": []", "\"outputs\": [{\"output_type\": \"stream\", \"text\": 1}]", "cell.outputs[0] has no \"name\"")]
    [InlineData("\"metadata\": {\"x\": 1}", "\"metadata\": {\"tags\": [\"a\", \"a\"]}", "cell.metadata.tags names something twice")]
    [InlineData("\"metadata\": {\"x\": 1}", "\"metadata\": {\"tags\": [\"a,b\"]}", "cell.metadata.tags[0] should be a tag without commas")]
    [InlineData("\"metadata\": {\"x\": 1}", "\"metadata\": {\"collapsed\": 1}", "cell.metadata.collapsed should be true or false")]
    [InlineData("\"execution_count\": null", "\"execution_count\": -1", "cell.execution_count should be a whole number from 0 on, or null")]
    [InlineData("\"execution_count\": null", "\"execution_count\": null, \"vendor\": 1", "cell.vendor is nothing that nbformat 4.5 knows")]
    [InlineData("\"nbformat_minor\": 5", "\"nbformat_minor\": 4", "notebook.nbformat_minor should be a whole number from 5 on")]
    [InlineData("\"cell_type\": \"code\"", "\"cell_type\": \"heading\"", "cell.cell_type should be one of markdown, raw, code")]
    public void What_breaks_the_schema_is_named(string right, string wrong, string message)
    {
        var valid = Sample.Around(
            """{"cell_type": "code", "id": "a", "metadata": {"x": 1}, "source": "", "outputs": [], "execution_count": null}""");

        var problems = NotebookValidator.CheckSchema(NotebookDocument.Parse(valid.Replace(right, wrong, StringComparison.Ordinal)));

        NotebookValidator.CheckSchema(NotebookDocument.Parse(valid)).Should().BeEmpty();
        problems.Should().Contain(problem => problem.Message.StartsWith(message, StringComparison.Ordinal) && problem.Line == 1);
    }

    [Fact]
    public void An_id_used_twice_names_the_other_cell()
    {
        var json = Sample.Around(
            """
            {"cell_type": "markdown", "id": "a", "metadata": {}, "source": ""},
            {"cell_type": "markdown", "id": "a", "metadata": {}, "source": ""}
            """);

        NotebookValidator.CheckSchema(NotebookDocument.Parse(json)).Should().Equal(
            new NotebookProblem("the cell at line 1 has the same id.", Line: 2, CellId: "a"));
    }
}
