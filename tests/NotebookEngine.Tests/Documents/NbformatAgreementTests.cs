using System.Globalization;
using System.Text.Json.Nodes;
using FsCheck.Fluent;

namespace NotebookEngine.Tests;

/// <summary>An independent opinion: what this engine writes and judges, judged by Jupyter's nbformat.</summary>
public class NbformatAgreementTests
{
    private static readonly string[] Wrong = ["null", "1", "1.5", "-1", "true", "\"x\"", "[]", "[\"a\", \"a\"]", "[1]", "{}", "{\"a\": 1}"];

    [SkippableFact]
    public void A_notebook_that_this_engine_changed_is_valid_for_Jupyter()
    {
        var written = new List<string>();
        foreach (var name in new[] { "jupyter", "polyglot", "colab" })
        {
            var document = NotebookDocument.Parse(Sample.Text(name));
            document.Cells[^1].SetOutputs(1,
            [
                new StreamOutput(StreamName.Stdout, "a\r\nb"),
                new DisplayOutput(new MimeBundle { { "text/html", "<b>\n</b>" }, { "application/json", "{\"a\": [1]}" }, { "image/svg+xml", "<svg/>" } }),
                new ErrorOutput("E", "no", ["at x"]),
            ]);
            document.Insert(new NotebookCell(CellKind.Code, "1\n2"));
            document.Insert(new NotebookCell(CellKind.Raw, "text"), index: 0);
            document.StampOutputs();
            written.Add(document.ToJson());
        }

        PythonNbformat.FirstErrors(written).Should().AllSatisfy(error => error.Should().BeNull());
        written.Should().AllSatisfy(text => NotebookValidator.CheckSchema(NotebookDocument.Parse(text)).Should().BeEmpty());
    }

    [SkippableFact]
    public void The_schema_check_agrees_with_Jupyters_on_notebooks_with_something_wrong()
    {
        var variants = Variants(Sample.Text("jupyter")).Concat(Gen.Sample(GeneratedNotebook.Texts.Generator, 60, 12)).ToList();
        var readable = new List<(string Text, IReadOnlyList<NotebookProblem> Problems)>();
        foreach (var text in variants.Select(text => text.TrimStart('\uFEFF')))
        {
            try
            {
                readable.Add((text, NotebookValidator.CheckSchema(NotebookDocument.Parse(text))));
            }
            catch (NotebookFormatException)
            {
                // Refused on reading; NotebookReadingTests has those.
            }
        }

        var errors = PythonNbformat.FirstErrors([.. readable.Select(variant => variant.Text)]);

        readable.Count(variant => variant.Problems.Count == 0).Should().BePositive();
        readable.Count(variant => variant.Problems.Count > 0).Should().BeGreaterThan(50);
        foreach (var ((text, problems), error) in readable.Zip(errors))
        {
            (problems.Count > 0).Should().Be(
                error is not null, "nbformat says {0} and this engine {1} of {2}", error, problems.Count > 0 ? problems[0] : "nothing", text);
        }
    }

    /// <summary>The notebook with each of its members removed, replaced by each wrong value, or joined by a stranger.</summary>
    private static IEnumerable<string> Variants(string text)
    {
        yield return text;
        foreach (var path in Paths(JsonNode.Parse(text)!).ToList())
        {
            // To Python 1 equals True, and so "scrolled": 1 is right to it; not to the schema.
            foreach (var wrong in Wrong.Where(wrong => path[^1] != "scrolled" || wrong != "1")) yield return Change(path, (owner, key) => owner[key] = JsonNode.Parse(wrong));
            yield return Change(path, (owner, key) => owner.Remove(key));
            yield return Change(path, (owner, _) => owner["stranger"] = 1);
        }

        string Change(string[] path, Action<JsonObject, string> change)
        {
            var root = JsonNode.Parse(text)!;
            var owner = path[..^1].Aggregate(root, (node, key) => node is JsonArray array ? array[int.Parse(key, CultureInfo.InvariantCulture)]! : node[key]!);
            change(owner.AsObject(), path[^1]);
            return root.ToJsonString();
        }
    }

    private static IEnumerable<string[]> Paths(JsonNode node) => node switch
    {
        JsonObject json => json.SelectMany(member => new[] { new[] { member.Key } }
            .Concat(member.Value is null ? [] : Paths(member.Value).Select(rest => (string[])[member.Key, .. rest]))),
        JsonArray array => array.SelectMany((item, i) => item is null ? [] : Paths(item).Select(rest => (string[])[$"{i}", .. rest])),
        _ => [],
    };
}
