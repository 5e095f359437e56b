using System.Text.Json.Nodes;

namespace Notebooks.OfficialKernel.Tests;

/// <summary>A code cell of a notebook, with the kinds of outputs that the repository's own host has saved in it.</summary>
public sealed record NotebookCell(string Id, string Source, IReadOnlyList<string> Tags, IReadOnlyList<string> SavedKinds)
{
    /// <summary>The notebooks, found by their pattern, by name.</summary>
    public static IReadOnlyList<string> Notebooks { get; } =
    [
        .. Directory.EnumerateFiles(Repository.Notebooks, "??-*.ipynb")
            .Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal),
    ];

    /// <summary>The code cells of a notebook, in order.</summary>
    public static IReadOnlyList<NotebookCell> Read(string path) =>
    [
        .. from cell in JsonNode.Parse(File.ReadAllText(path))!["cells"]!.AsArray()
           where $"{cell["cell_type"]}" == "code"
           select Read(cell),
    ];

    private static NotebookCell Read(JsonNode cell) => new(
        $"{cell["id"]}",
        Text(cell["source"]!),
        [.. (cell["metadata"]?["tags"] as JsonArray ?? []).Select(tag => $"{tag}")],
        [.. cell["outputs"]!.AsArray().Select(output => Kind(output!))]);

    private static string Kind(JsonNode output) => $"{output["output_type"]}" switch
    {
        "stream" => OutputKind.Stream($"{output["name"]}"),
        "error" => OutputKind.Error,
        var type => OutputKind.Of(type, output["data"]!.AsObject().Select(data => data.Key)),
    };

    // A list of lines, or one text.
    private static string Text(JsonNode source) => source is JsonArray lines ? string.Concat(lines.Select(line => $"{line}")) : $"{source}";
}
