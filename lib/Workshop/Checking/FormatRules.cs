using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Workshop.Lessons;

namespace Workshop.Checking;

/// <summary>
/// What every front end needs in order to open a notebook with the C# kernel. The format itself is nbformat's to judge,
/// which CI asks.
/// </summary>
internal static partial class FormatRules
{
    /// <summary>The findings in a notebook.</summary>
    public static IEnumerable<Finding> Check(NotebookDocument document)
    {
        var json = document.Json;
        if (json["nbformat_minor"] is not JsonValue minor || !minor.TryGetValue(out int version) || version < 5)
            yield return new Finding("format", "The notebook is older than nbformat 4.5, in which cells have ids. Open and save it in Jupyter.");
        var metadata = json["metadata"] as JsonObject;
        if (Text(metadata?["kernelspec"], "name") is not ".net-csharp")
            yield return new Finding("metadata", "metadata.kernelspec.name is not \".net-csharp\", the name of the C# kernel.");

        // Jupyter writes the kernel's own name for its language.
        if (Text(metadata?["language_info"], "name") is not ("polyglot-notebook" or "C#"))
            yield return new Finding("metadata", "metadata.language_info.name is neither \"polyglot-notebook\" nor \"C#\".");
        if (!document.IsCanonical)
            yield return new Finding("form", "The file is not written as Jupyter writes it. Run the notebook with --save.", Severity: Severity.Warning);

        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, cell) in document.Cells.Index())
        {
            if (!ValidId().IsMatch(cell.Id)) yield return new Finding("id", $"'{cell.Id}' is not a cell id: use 1 to 64 letters, digits, hyphens and underscores.", index);
            else if (RandomId().IsMatch(cell.Id)) yield return new Finding("id", $"The id '{cell.Id}' says nothing. Name the cell after what it shows.", index, Severity: Severity.Warning);
            if (!ids.Add(cell.Id)) yield return new Finding("id", $"Another cell has the id '{cell.Id}' too.", index);
            if (cell.IsCode && cell.Kernel is not null and not ("csharp" or "C#"))
                yield return new Finding("metadata", $"The cell's kernel is {cell.Kernel}; the lessons are C#.", index);
        }
    }

    private static string? Text(JsonNode? node, string name) =>
        (node as JsonObject)?[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    [GeneratedRegex(@"^[a-zA-Z0-9_-]{1,64}\z")]
    private static partial Regex ValidId();

    [GeneratedRegex(@"^(?:[0-9a-f]{8,}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})\z")]
    private static partial Regex RandomId();
}
