using System.Text.Json.Nodes;

namespace ConcurrencyNotebooks.Tests;

/// <summary>How claims travel in a cell's output: a mime form of their own, written and read in one place.</summary>
public sealed class ClaimReaderTests
{
    private static readonly Claim Odd = new(
        "\"更新\" <kept> & 'safe'", "1.7× as fast (1.6 to 1.8)", "at least 1.3× as fast", Verdict.Holds, "", "Example 3000");

    [Fact]
    public void A_claim_comes_back_as_it_was_written()
    {
        var undecided = Odd with { Verdict = Verdict.Undecided, Reason = "nobody knows" };

        var (claims, unread) = ClaimReader.Read(new JsonObject { [Claim.MimeType] = JsonNode.Parse(ClaimReader.Write([Odd, undecided])) });

        claims.Should().Equal(Odd, undecided);
        unread.Should().Be(0);
    }

    [Fact]
    public void The_names_in_its_json_are_those_that_saved_notebooks_have()
    {
        ClaimReader.Write([Odd with { Statement = "s", Bound = "at least 1.3×" }]).Should().Be(
            """[{"statement":"s","measured":"1.7× as fast (1.6 to 1.8)","bound":"at least 1.3×","verdict":"holds","""
            + "\"machine\":\"Example 3000\"}]");
    }

    [Fact]
    public void Hosts_may_keep_the_json_as_text_or_as_lines_of_text_and_one_claim_without_its_array()
    {
        var json = ClaimReader.Write([Odd]);
        var lines = json.Chunk(20).Select(line => (JsonNode?)JsonValue.Create(new string(line)));
        JsonNode?[] forms = [JsonValue.Create(json), new JsonArray([.. lines]), JsonNode.Parse(json)![0]!.DeepClone()];

        foreach (var form in forms)
            ClaimReader.Read(new JsonObject { ["text/plain"] = "x", [Claim.MimeType] = form }).Claims.Should().Equal(Odd);
    }

    [Theory]
    [InlineData("null", 1)]
    [InlineData("17", 1)]
    [InlineData("\"not json\"", 1)]
    [InlineData("\"\\\"again\\\"\"", 1)]
    [InlineData("[]", 0)]
    [InlineData("[{}, 5, null]", 3)]
    [InlineData("[{\"statement\":null,\"measured\":\"\",\"bound\":\"\",\"verdict\":\"holds\",\"reason\":\"\",\"machine\":\"\"}]", 1)]
    [InlineData("[{\"statement\":\"s\",\"measured\":\"\",\"bound\":\"\",\"verdict\":\"perhaps\",\"reason\":\"\",\"machine\":\"\"}]", 1)]
    [InlineData("[{\"statement\":\"s\",\"measured\":1.5,\"bound\":\"\",\"verdict\":\"holds\",\"reason\":\"\",\"machine\":\"\"}]", 1)]
    public void Damaged_claims_are_counted_and_never_an_exception(string content, int unread)
    {
        var read = ClaimReader.Read(new JsonObject { [Claim.MimeType] = JsonNode.Parse(content) });

        read.Claims.Should().BeEmpty();
        read.Unread.Should().Be(unread);
    }

    [Fact]
    public void An_output_without_claims_has_none()
    {
        ClaimReader.Read(new JsonObject { ["text/html"] = "<p>x</p>" }).Should().BeEquivalentTo((Array.Empty<Claim>(), 0));
        ClaimReader.Read(null).Unread.Should().Be(0);
        ClaimReader.Read(new JsonArray()).Unread.Should().Be(0);
    }
}
