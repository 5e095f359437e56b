using System.Text.Json;

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
        Save("02-second.ipynb", fails.ToHtml());
        Save("01-first.ipynb", Claims.All(holds, fails).ToHtml());
        Save("01-first.ja.ipynb", holds.ToHtml());

        var saved = SavedClaims.Read(_folder.FullName);

        saved.All.Should().Equal(("01-first", holds), ("01-first", fails), ("02-second", fails));
        (saved.Count(Verdict.Holds), saved.Count(Verdict.Fails)).Should().Be((1, 2));
        saved.ToString().Should().Contain("It holds < or >").And.Contain("日本語");
    }

    [Fact]
    public void Notebooks_without_claims_are_named()
    {
        Save("01-first.ipynb", "<b>no claim</b>");
        File.WriteAllText(Path.Combine(_folder.FullName, "02-broken.ipynb"), "{ \"cells\": [");

        var saved = SavedClaims.Read(_folder.FullName);

        saved.Unread.Should().Equal("01-first", "02-broken");
        saved.ToHtml().Should().Contain("02-broken has no saved claims");
    }

    private void Save(string name, string html) => File.WriteAllText(Path.Combine(_folder.FullName, name), JsonSerializer.Serialize(new
    {
        cells = new object[]
        {
            new { cell_type = "markdown", source = "data-claim=\"{}\"" },
            new
            {
                cell_type = "code",
                outputs = new object[]
                {
                    new { output_type = "stream", text = "text" },
                    new { output_type = "display_data", data = new Dictionary<string, object> { ["text/html"] = html.Split('\n').Select(line => line + "\n") } },
                },
            },
        },
    }));
}
