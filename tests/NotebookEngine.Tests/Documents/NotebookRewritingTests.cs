using System.Text.Json.Nodes;

namespace NotebookEngine.Tests;

public class NotebookRewritingTests
{
    [Theory]
    [MemberData(nameof(Sample.Names), MemberType = typeof(Sample))]
    public void An_unchanged_notebook_is_written_to_the_very_same_text(string name)
    {
        foreach (var text in new[] { Sample.Text(name), Sample.Text(name).ReplaceLineEndings("\r\n"), "\uFEFF" + Sample.Text(name) })
        {
            var document = NotebookDocument.Parse(text);

            // Looking at everything, and setting what is there already, changes nothing.
            _ = document.Metadata.Count;
            foreach (var cell in document.Cells)
            {
                _ = cell.Metadata.Count;
                if (cell.Kind == CellKind.Code) cell.SetOutputs(cell.ExecutionCount, [.. cell.Outputs]);
            }

            document.IsChanged.Should().BeFalse();
            document.ToJson().Should().Be(text);
        }
    }

    [Fact]
    public void New_outputs_of_one_cell_change_only_their_own_lines()
    {
        var text = Sample.Text("jupyter");
        var document = NotebookDocument.Parse(text);

        document.Cells[2].SetOutputs(4, [new StreamOutput(StreamName.Stdout, "é \"x\"\nb\n")]);

        document.ToJson().Should().Be(text.Replace(
            """
               "execution_count": null,
               "id": "11aa22bb",
               "metadata": {},
               "outputs": [],
            """,
            """
               "execution_count": 4,
               "id": "11aa22bb",
               "metadata": {},
               "outputs": [
                {
                 "name": "stdout",
                 "output_type": "stream",
                 "text": [
                  "é \"x\"\n",
                  "b\n"
                 ]
                }
               ],
            """,
            StringComparison.Ordinal));
    }

    [Fact]
    public void An_output_that_stays_the_same_keeps_its_text()
    {
        var text = Sample.Text("jupyter");
        var document = NotebookDocument.Parse(text);
        var cell = document.Cells[1];

        cell.SetOutputs(3, [new StreamOutput(StreamName.Stdout, "changed"), cell.Outputs[1]]);

        document.ToJson().Should().Be(text.Replace("      \"first\\n\",\n      \"second\"\n", "      \"changed\"\n", StringComparison.Ordinal));
    }

    [Fact]
    public void A_changed_notebook_of_an_older_format_becomes_4_5_in_its_own_style()
    {
        var text = Sample.Text("colab").ReplaceLineEndings("\r\n");
        var document = NotebookDocument.Parse(text);

        document.Cells[1].SetOutputs(13, [new StreamOutput(StreamName.Stderr, "é")]);

        document.ToJson().Should().Be(text
            .Replace("\"nbformat_minor\": 0", "\"nbformat_minor\": 5", StringComparison.Ordinal)
            .Replace(
                "        \"id\": \"Wf5KrEb6vrkR\"\r\n      }\r\n",
                "        \"id\": \"Wf5KrEb6vrkR\"\r\n      },\r\n      \"id\": \"caf\"\r\n",
                StringComparison.Ordinal)
            .Replace("\"execution_count\": 12", "\"execution_count\": 13", StringComparison.Ordinal)
            .Replace(
                "\"output_type\": \"stream\",\r\n          \"name\": \"stderr\",\r\n          \"text\": \"\\u001b[31mred\\u001b[0m \\u3042\"\r\n        }\r\n      ]\r\n",
                "\"output_type\": \"stream\",\r\n          \"name\": \"stderr\",\r\n          \"text\": [\r\n            \"\\u00e9\"\r\n          ]\r\n        }\r\n      ],\r\n      \"id\": \"import-time\"\r\n",
                StringComparison.Ordinal));
    }

    [Fact]
    public void A_notebook_on_one_line_stays_on_one_line()
    {
        var document = NotebookDocument.Parse(Sample.Text("compact"));

        document.Cells[0].SetOutputs(1, [new ResultOutput(MimeBundle.PlainText("2"), 1)]);

        document.ToJson().Should().Be(
            """{"cells":[{"cell_type":"code","source":"1 + 1","metadata":{},"vendor":{"z":1,"a":[1.50,1E5,-0]},"execution_count":1,"id":"code-1-1","outputs":[{"data":{"text/plain":["2"]},"execution_count":1,"metadata":{},"output_type":"execute_result"}]},{"cell_type":"heading","level":2,"source":"old","metadata":{},"id":"old"}],"metadata":null,"nbformat":4,"nbformat_minor":5,"vendor":true}""");
    }

    [Fact]
    public void A_changed_metadata_entry_leaves_the_others_their_spelling()
    {
        var text = Sample.Text("colab");
        var document = NotebookDocument.Parse(text);

        document.Cells[1].Metadata["colab"]!["height"] = 36;
        ((JsonObject)document.Metadata["colab"]!).Remove("toc_visible");

        document.ToJson().Should()
            .Contain("\"base_uri\": \"https:\\/\\/localhost:8080\\/\",\n          \"height\": 36\n")
            .And.Contain("\"colab\": {\n      \"provenance\": []\n    },\n");
    }

    [Fact]
    public void Duplicate_keys_survive_and_the_last_one_counts()
    {
        var text = """{"cells": [{"cell_type": "code", "id": "a", "metadata": {}, "outputs": [], "source": "1", "x": 1, "x": 2, "source": "2"}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}""";
        var document = NotebookDocument.Parse(text);

        document.Cells[0].Source.Should().Be("2");
        document.Cells[0].Source = "3";

        document.ToJson().Should().Be(text
            .Replace("\"source\": \"2\"", "\"source\": \"3\", \"execution_count\": null", StringComparison.Ordinal));
    }

    [Fact]
    public void Halves_of_characters_survive_a_change_beside_them()
    {
        var text = Sample.Around("""{"cell_type": "code", "id": "a", "execution_count": null, "metadata": {}, "outputs": [], "source": "\ud83d"}""");
        var document = NotebookDocument.Parse(text);

        document.Cells[0].Source += "x";

        document.ToJson().Should().Be(text.Replace("\"\\ud83d\"", "\"\\ud83dx\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Cells_can_be_added_moved_and_removed_while_the_others_keep_their_text()
    {
        var document = NotebookDocument.Parse(Sample.Text("jupyter"));
        var moved = document.Cells[0];

        document.Remove(moved).Should().BeTrue();
        document.Remove(document.Cells[1]).Should().BeTrue();
        document.Insert(moved);
        document.Insert(new NotebookCell(CellKind.Code, "var x = 1;\nx"), index: 0);

        var again = NotebookDocument.Parse(document.ToJson());
        again.Cells.Select(cell => cell.Id).Should().Equal("x-1", "e0d1b7c4", "7f3c21aa");
        document.ToJson().Should()
            .Contain("\n  {\n   \"cell_type\": \"code\",\n   \"execution_count\": null,\n   \"id\": \"x-1\",\n")
            .And.Contain("    \"var x = 1;\\n\",\n    \"x\"\n   ]\n  },\n  {\n   \"cell_type\": \"code\",\n   \"execution_count\": 3,");
    }

    [Fact]
    public void A_new_notebook_is_what_Jupyter_would_write()
    {
        var document = NotebookDocument.Create();
        document.Insert(new NotebookCell(CellKind.Markdown, "# Title", "title"));

        document.ToJson().Should().StartWith(
            "{\n \"cells\": [\n  {\n   \"cell_type\": \"markdown\",\n   \"id\": \"title\",\n   \"metadata\": {},\n   \"source\": [\n    \"# Title\"\n   ]\n  }\n ],\n \"metadata\"")
            .And.EndWith(" \"nbformat_minor\": 5\n}\n");
        NotebookValidator.Validate(NotebookDocument.Parse(document.ToJson())).Should().BeEmpty();
    }

    [Fact]
    public void Ids_are_checked_when_a_cell_is_made_or_added()
    {
        var document = NotebookDocument.Parse(Sample.Text("jupyter"));

        var invalid = () => new NotebookCell(CellKind.Raw, "", "no spaces");
        var twice = () => document.Insert(new NotebookCell(CellKind.Raw, "", "7f3c21aa"));
        var outputs = () => document.Cells[0].SetOutputs(1, []);

        invalid.Should().Throw<ArgumentException>().WithMessage("'no spaces' is no cell id*");
        twice.Should().Throw<ArgumentException>().WithMessage("*has a cell '7f3c21aa' already*");
        outputs.Should().Throw<InvalidOperationException>().WithMessage("*only a code cell has outputs*");
    }

    [Theory]
    [InlineData("", new string[0])]
    [InlineData("a", new[] { "a" })]
    [InlineData("a\n", new[] { "a\n" })]
    [InlineData("a\r\nb\rc\u2028d", new[] { "a\r\n", "b\r", "c\u2028", "d" })]
    public void Text_is_split_where_Python_splits_it(string text, string[] lines)
    {
        var json = new StreamOutput(StreamName.Stdout, text).ToJsonObject();

        json["text"]!.AsArray().Select(line => line!.GetValue<string>()).Should().Equal(lines);
    }
}
