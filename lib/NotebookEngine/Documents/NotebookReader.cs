using System.Text.Json;

namespace NotebookEngine;

/// <summary>
/// Finds the notebook in a file's JSON. Strict where running the wrong thing would follow, lenient in what only
/// <see cref="NotebookValidator"/> needs to complain about.
/// </summary>
internal static class NotebookReader
{
    private const string NotANotebook = "Check that this is the file you meant; a notebook starts with {\"cells\": [ … ].";
    private const string Restore = "Correct it, or restore the file from version control.";

    public static T Read<T>(string json, string? path, Func<JsonSyntax, int, List<NotebookCell>, T> create)
    {
        var root = JsonSyntaxParser.Parse(json, path);
        if (root.Kind != JsonValueKind.Object)
            throw Error(root, $"this is JSON, but not a notebook: it holds {Name(root)} instead of an object.", NotANotebook);

        var minor = ReadVersion();
        var cells = root["cells"]
            ?? throw Error(root, "this is not a notebook: it has no \"cells\".", NotANotebook);
        if (cells.Kind != JsonValueKind.Array)
            throw Error(cells, $"\"cells\" is {Name(cells)} instead of an array.", Restore);
        return create(root, minor, ReadCells(cells));

        int ReadVersion()
        {
            var version = root["nbformat"]
                ?? throw Error(root, "this is not a notebook: it has no \"nbformat\".", NotANotebook);
            switch (CellOutput.Whole(version.Kind == JsonValueKind.Number ? version.ToNode() : null))
            {
                case 4:
                    break;
                case < 4:
                    throw Error(
                        version,
                        $"this notebook has the old format {version.Raw}; only nbformat 4 is read.",
                        "Convert it: jupyter nbconvert --to notebook --nbformat 4 <file>");
                case > 4:
                    throw Error(
                        version,
                        $"this notebook has the format {version.Raw}, which is newer than the nbformat 4 read here.",
                        "Save it as nbformat 4 in the program that wrote it.");
                default:
                    throw Error(version, $"\"nbformat\" is {version.Raw} instead of 4.", Restore);
            }

            if (root["nbformat_minor"] is not { } minorVersion) return 0;
            return CellOutput.Whole(minorVersion.Kind == JsonValueKind.Number ? minorVersion.ToNode() : null) is { } number and >= 0
                ? number
                : throw Error(minorVersion, $"\"nbformat_minor\" is {minorVersion.Raw} instead of a number such as 5.", Restore);
        }

        List<NotebookCell> ReadCells(JsonSyntax array)
        {
            // Ids that the file has are taken before any is derived, wherever they stand.
            var taken = array.Members
                .Select(member => member.Value["id"])
                .Where(id => id?.Kind == JsonValueKind.String)
                .Select(id => id!.StringValue)
                .ToHashSet(StringComparer.Ordinal);
            return [.. array.Members.Select((member, index) => ReadCell(member.Value, index, taken))];
        }

        NotebookCell ReadCell(JsonSyntax cell, int index, HashSet<string> taken)
        {
            if (cell.Kind != JsonValueKind.Object)
                throw Error(cell, $"cell {index + 1} is {Name(cell)} instead of an object.", Restore);
            if (cell["cell_type"] is not { Kind: JsonValueKind.String } type)
                throw Error(cell, $"cell {index + 1} has no \"cell_type\".", "Add \"cell_type\": \"code\" or \"markdown\".");
            var kind = type.StringValue switch
            {
                "code" => CellKind.Code,
                "markdown" => CellKind.Markdown,
                _ => CellKind.Raw,
            };
            var source = "";
            if (cell["source"] is { Kind: not JsonValueKind.Null } text && !MultilineText.TryJoin(text.ToNode(), out source!))
                throw Error(text, $"cell {index + 1}: \"source\" is neither a string nor an array of strings.", Restore);
            if (cell["outputs"] is { Kind: not (JsonValueKind.Array or JsonValueKind.Null) } outputs)
                throw Error(outputs, $"cell {index + 1}: \"outputs\" is {Name(outputs)} instead of an array.", "Replace it by [].");

            var id = cell["id"] is { Kind: JsonValueKind.String } stored
                ? stored.StringValue
                : CellIds.Next(kind, source, index, taken);
            return new NotebookCell(cell, kind, source, id);
        }

        NotebookFormatException Error(JsonSyntax at, string problem, string advice) =>
            new(path, at.Line, column: null, problem, advice);
    }

    private static string Name(JsonSyntax value) => value.Kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        var kind => kind.ToString().ToLowerInvariant(),
    };
}
