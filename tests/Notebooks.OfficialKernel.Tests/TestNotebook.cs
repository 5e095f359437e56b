using System.Text.Json.Nodes;

namespace Notebooks.OfficialKernel.Tests;

/// <summary>A notebook that a test writes, in a folder that goes with it.</summary>
internal sealed class TestNotebook : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("official kernel tests ");

    public TestNotebook(params string[] sources)
    {
        var cells = sources.Select((source, i) => (JsonNode)new JsonObject
        {
            ["cell_type"] = "code",
            ["id"] = $"cell-{i + 1}",
            ["metadata"] = new JsonObject(),
            ["outputs"] = new JsonArray(),
            ["source"] = source,
        });
        File.WriteAllText(Path, new JsonObject { ["cells"] = new JsonArray([.. cells]) }.ToJsonString());
    }

    public string Path => System.IO.Path.Combine(_folder.FullName, "test.ipynb");

    public void Dispose() => _folder.Delete(recursive: true);
}
