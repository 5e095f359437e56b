using System.Text.Json;
using System.Text.Json.Nodes;

namespace ConcurrencyNotebooks.Tests;

public sealed class SavedClaimsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("saved-claims-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Read_finds_the_claims_of_every_notebook_in_their_order()
    {
        var holds = Claims.Check("It holds < or > or \"quoted\"", 2, atLeast: 1, unit: "s");
        var fails = Claims.Check("Das hält nicht: 日本語", double.NaN, atLeast: 1);
        Save("02-second.ipynb", ClaimReader.Write([fails]));
        Save("01-first.ipynb", ClaimReader.Write([holds, fails]));
        Save("01-first.ja.ipynb", ClaimReader.Write([holds]));

        var saved = SavedClaims.Read(_folder.FullName);

        saved.All.Should().Equal(("01-first", holds), ("01-first", fails), ("02-second", fails));
        (saved.Count(Verdict.Holds), saved.Count(Verdict.Fails)).Should().Be((1, 2));
        saved.Unread.Should().BeEmpty();
        saved.ToString().Should().Contain("It holds < or >").And.Contain("日本語");
    }

    [Fact]
    public void What_cannot_be_read_is_named_and_the_rest_is_shown()
    {
        var holds = Claims.Exactly("One is one", 1, 1);
        Save("01-first.ipynb", "[]");
        File.WriteAllText(Path.Combine(_folder.FullName, "02-broken.ipynb"), "{ \"cells\": [");
        Save("03-damaged.ipynb", ClaimReader.Write([holds])[..^1] + ", {\"statement\":\"cut\"}]");
        File.WriteAllText(
            Path.Combine(_folder.FullName, "04-odd.ipynb"),
            "{ \"cells\": [7, {\"outputs\": {}}, {\"outputs\": [null, {\"data\": []}]}] }");

        var saved = SavedClaims.Read(_folder.FullName);

        saved.All.Should().Equal(("03-damaged", holds));
        saved.Unread.Should().Equal(
            ("01-first", "it has no saved claims: run it and save it"),
            ("02-broken", "the file cannot be read"),
            ("03-damaged", "1 of its claims cannot be read"),
            ("04-odd", "it has no saved claims: run it and save it"));
        saved.ToHtml().Should().Contain("02-broken: the file cannot be read.");
    }

    private void Save(string name, string claims) => File.WriteAllText(Path.Combine(_folder.FullName, name), JsonSerializer.Serialize(new
    {
        cells = new object[]
        {
            new { cell_type = "markdown", source = "text" },
            new
            {
                cell_type = "code",
                outputs = new object[]
                {
                    new { output_type = "stream", text = "text" },
                    new { output_type = "display_data", data = new JsonObject { [Claim.MimeType] = JsonNode.Parse(claims) } },
                },
            },
        },
    }));
}
