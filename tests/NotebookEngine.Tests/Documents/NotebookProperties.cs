using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace NotebookEngine.Tests;

/// <summary>What holds for every notebook, tried on generated ones.</summary>
public class NotebookProperties
{
    [Fact]
    public void Every_notebook_is_written_as_it_was_read() =>
        Prop.ForAll(GeneratedNotebook.Texts, text => NotebookDocument.Parse(text).ToJson() == text).QuickCheckThrowOnFailure();

    [Fact]
    public void New_outputs_are_read_back_and_every_other_cell_keeps_its_text() =>
        Prop.ForAll(
            GeneratedNotebook.Texts,
            Arb.From(GeneratedNotebook.KnownOutput.ListOf()),
            Arb.From(Gen.Choose(0, 1000)),
            (text, outputs, choice) =>
            {
                var document = NotebookDocument.Parse(text);
                var code = document.Cells.Where(cell => cell.Kind == CellKind.Code).ToList();
                if (code.Count == 0) return;
                var cell = code[choice % code.Count];
                var index = document.Cells.ToList().IndexOf(cell);

                cell.SetOutputs(choice, outputs);
                var written = document.ToJson();

                var again = NotebookDocument.Parse(written);
                again.Cells[index].Outputs.Should().Equal(outputs);
                again.Cells[index].ExecutionCount.Should().Be(choice);
                again.FormatMinor.Should().Be(5);
                again.Cells.Select(c => (c.Id, c.Source)).Should().Equal(document.Cells.Select(c => (c.Id, c.Source)));
                again.IsChanged.Should().BeFalse();
                foreach (var (before, after) in CellTexts(text).Zip(CellTexts(written)).Where((_, i) => i != index))
                    KeepsItsMembers(before, after);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_damaged_file_is_refused_or_read_and_never_anything_else()
    {
        var damage = Gen.Choose(0, int.MaxValue - 1).Select(n => (At: n / 256, Value: (byte)(n % 256))).ListOf();
        Prop.ForAll(GeneratedNotebook.Texts, Arb.From(damage), (text, changes) =>
        {
            var bytes = new UTF8Encoding(false).GetBytes(text);
            foreach (var (at, value) in changes.Take(4)) bytes[at % bytes.Length] = value;
            UseOrRefuse(bytes);
            UseOrRefuse(bytes[..(bytes.Length * (changes.Count % 7) / 7)]);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void What_is_JSON_and_what_it_says_is_as_the_framework_has_it()
    {
        var pieces = Gen.Elements(
            "{", "}", "[", "]", ",", ":", "\"a\"", "\"\\u00e9\\n\"", "\"\\x\"", "\"", "1", "-", "0.5", "1e+3", "01", ".", "true", "nul", "null", " ", "\n");
        Prop.ForAll(Arb.From(pieces.ListOf().Select(string.Concat)), text =>
        {
            string? expected = null;
            try
            {
                using var framework = JsonDocument.Parse(text);
                expected = framework.RootElement.GetRawText();
            }
            catch (JsonException)
            {
                // Then this parser must refuse the text as well.
            }

            string? actual = null;
            try
            {
                actual = JsonSyntaxParser.Parse(text, path: null).Raw.ToString();
            }
            catch (NotebookFormatException)
            {
            }

            actual.Should().Be(expected, "the text is {0}", text);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    private static void UseOrRefuse(byte[] bytes)
    {
        NotebookDocument document;
        try
        {
            document = NotebookDocument.Parse(bytes, "damaged.ipynb");
        }
        catch (NotebookFormatException exception)
        {
            exception.Message.Should().StartWith("damaged.ipynb (line ");
            return;
        }

        new UTF8Encoding(false).GetBytes(document.ToJson()).Should().Equal(bytes);
        _ = NotebookValidator.Validate(document);
        _ = document.StaleCells();
        foreach (var cell in document.Cells.Where(cell => cell.Kind == CellKind.Code)) cell.SetOutputs(1, cell.Outputs.Skip(1));
        document.StampOutputs();
        _ = NotebookDocument.Parse(document.ToJson());
    }

    private static List<JsonSyntax> CellTexts(string text) =>
        [.. JsonSyntaxParser.Parse(text, path: null)["cells"]!.Members.Select(member => member.Value)];

    /// <summary>Completing a cell to nbformat 4.5 adds members, and touches no other.</summary>
    private static void KeepsItsMembers(JsonSyntax before, JsonSyntax after)
    {
        foreach (var member in before.Members)
            after[member.Name]!.Raw.ToString().Should().Be(before[member.Name]!.Raw.ToString());
        var added = after.Members.Select(member => member.Name).Except(before.Members.Select(member => member.Name));
        added.Should().BeSubsetOf(["id", "execution_count", "outputs", "metadata", "source"]);
    }
}
