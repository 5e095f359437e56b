using System.Text.Json.Nodes;

namespace NotebookEngine;

/// <summary>Tells what is wrong with a notebook that can be read.</summary>
public static class NotebookValidator
{
    /// <summary>Everything that <see cref="CheckSchema"/> and <see cref="CheckContract"/> find.</summary>
    public static IReadOnlyList<NotebookProblem> Validate(NotebookDocument document) =>
        [.. CheckSchema(document), .. CheckContract(document)];

    /// <summary>What breaks nbformat 4.5, as the notebook would be saved now.</summary>
    public static IReadOnlyList<NotebookProblem> CheckSchema(NotebookDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var problems = new List<NotebookProblem>();
        var root = JsonSyntaxParser.Parse(document.ToJson(), document.Path);
        NotebookSchema.Notebook(root, "notebook", (at, message) => problems.Add(new NotebookProblem(message, at.Line)));

        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (member, cell) in root["cells"]!.Members.Zip(document.Cells))
        {
            NotebookSchema.Cell(member.Value, "cell", (at, message) => problems.Add(new NotebookProblem(message, at.Line, cell.Id)));
            if (!seen.TryAdd(cell.Id, member.Value.Line))
                problems.Add(new NotebookProblem($"the cell at line {seen[cell.Id]} has the same id.", member.Value.Line, cell.Id));
        }

        return problems;
    }

    /// <summary>
    /// What this repository asks of its notebooks beyond that, so that every front end opens them as C# and messages can
    /// name a cell: the kernel, the language, and ids that a person can read.
    /// </summary>
    public static IReadOnlyList<NotebookProblem> CheckContract(NotebookDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var problems = new List<NotebookProblem>();
        var root = JsonSyntaxParser.Parse(document.ToJson(), document.Path);
        var line = root["metadata"]?.Line ?? root.Line;
        Expect(document.Metadata, ["kernelspec", "name"], ".net-csharp", line, cellId: null);
        Expect(document.Metadata, ["kernelspec", "display_name"], ".NET (C#)", line, cellId: null);
        Expect(document.Metadata, ["kernelspec", "language"], "C#", line, cellId: null);
        Expect(document.Metadata, ["language_info", "name"], "polyglot-notebook", line, cellId: null);

        foreach (var (member, cell) in root["cells"]!.Members.Zip(document.Cells))
        {
            var at = member.Value.Line;
            if (cell.Kind == CellKind.Code) Expect(cell.Metadata, ["polyglot_notebook", "kernelName"], "csharp", at, cell.Id);
            if (member.Value["id"] is not null && !CellIds.IsReadable(cell.Id))
                problems.Add(new NotebookProblem("the id should be words a person can read: lower case, joined by hyphens.", at, cell.Id));
        }

        return problems;

        void Expect(JsonObject metadata, string[] path, string wanted, int at, string? cellId)
        {
            var node = path.Aggregate((JsonNode?)metadata, (json, key) => (json as JsonObject)?[key]);
            var found = node is JsonValue value && value.TryGetValue(out string? text) ? text : node?.ToJsonString();
            if (found == wanted) return;
            var instead = found is null ? "is missing" : $"is \"{found}\"";
            problems.Add(new NotebookProblem($"metadata.{string.Join('.', path)} {instead}; it should be \"{wanted}\".", at, cellId));
        }
    }
}
