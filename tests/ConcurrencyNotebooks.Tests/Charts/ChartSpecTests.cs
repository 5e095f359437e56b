using System.Text;
using System.Text.Json;

namespace ConcurrencyNotebooks.Tests;

/// <summary>A chart crosses as JSON from a cell's output to whoever draws it elsewhere.</summary>
public sealed class ChartSpecTests
{
    public static TheoryData<string> All { get; } = [.. Gallery.Names];

    [Theory]
    [MemberData(nameof(All))]
    public void A_chart_that_was_written_and_read_makes_the_same_picture_figure_and_table(string name)
    {
        var picture = Gallery.Pictures[name]();

        var read = ChartSpec.FromJson(picture.ToJson());

        read.ToSvg().Should().Be(picture.ToSvg());
        read.ToFigureJson().Should().Be(picture.ToFigureJson());
        read.ToTableHtml().Should().Be(picture.ToTableHtml());
        ChartSpec.FromJson(JsonSerializer.Serialize(picture.ToJson())).ToSvg().Should().Be(picture.ToSvg(), "some hosts keep JSON as text");
    }

    [Theory]
    [InlineData("", "*")]
    [InlineData("null", "*cannot be null*")]
    [InlineData("[]", "*")]
    [InlineData("{}", "*required*")]
    [InlineData("""{"title":"t"}""", "*content*")]
    [InlineData("""{"title":null,"content":{"kind":"lines","x":{},"y":{},"lines":[],"marks":[]}}""", "*")]
    public void What_is_no_chart_is_refused_with_a_sentence(string json, string sentence) => Refused(json, sentence);

    [Theory]
    [InlineData("""{"kind":"pie"}""", "*pie*")]
    [InlineData("""{"bars":[],"axis":{},"kind":"bars"}""", "*")]
    [InlineData("""{"kind":"bars","axis":{},"bars":[{"label":"a","value":1,"low":3,"high":2}]}""", "*ends before it begins*")]
    [InlineData("""{"kind":"bars","axis":{},"bars":[{"label":"a","value":1,"runs":"1 two"}]}""", "*'two'*")]
    [InlineData("""{"kind":"lines","x":{},"y":{},"marks":[],"lines":[{"name":"a","points":"1 2 3"}]}""", "*two numbers*")]
    [InlineData("""{"kind":"timeline","lanes":[{"name":"a","spans":"2 1 backwards"}]}""", "*begins before zero or ends before*")]
    [InlineData(
        """{"kind":"heatmap","axis":{},"columns":["a"],"rows":[{"name":"r","values":"1 2"}]}""", "*for each of its 1 columns*")]
    public void Damaged_data_is_refused_with_a_sentence(string content, string sentence) =>
        Refused($$"""{"title":"t","content":{{content}}}""", sentence);

    [Theory]
    [InlineData(1_000, "*too many points*")]
    [InlineData(100_000, "*at most * characters*")]
    public void A_file_of_very_many_numbers_is_refused_and_not_drawn(int count, string sentence)
    {
        var points = string.Join(", ", Enumerable.Range(0, 2 * count).Select(i => $"{i} {i}"));

        Refused(
            $$$"""{"title":"t","content":{"kind":"lines","x":{},"y":{},"marks":[],"lines":[{"name":"a","points":"{{{points}}}"}]}}""",
            sentence);
    }

    [Fact]
    public void What_has_no_place_on_a_logarithmic_axis_is_a_hole_in_the_figure_which_says_so()
    {
        var chart = ChartSpec.Lines(
            "Waits", new ChartAxis("at once"), new ChartAxis("time", "s", Logarithmic: true),
            [new("one by one", [(1, 0), (2, 0.2), (3, 0.3)])]);

        var figure = chart.ToFigureJson();

        figure.Should().Contain("\"x\":[null,2,3]").And.Contain("\"y\":[null,0.2,0.3]");
        figure.Should().Contain("1 of 3 points of one by one are not drawn");
    }

    [Fact]
    public void Of_twenty_thousand_points_the_extremes_are_drawn_and_the_picture_is_small()
    {
        var chart = Gallery.Pictures["lines-twenty-thousand"]();

        var bundle = chart.ToHtml() + chart.ToJson() + chart;

        Encoding.UTF8.GetByteCount(bundle).Should().BeLessThan(150_000);
        chart.ToJson().Should().Contain("wave has 20,000 points; the ends and extremes of each stretch are drawn.");
        chart.ToSvg().Should().Contain("wave has 20,000 points;").And.NotContain("NaN");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_figure_is_an_object_with_data_and_layout(string name)
    {
        var picture = Gallery.Pictures[name]();

        using var figure = JsonDocument.Parse(picture.ToFigureJson());

        figure.RootElement.GetProperty("data").ValueKind.Should().Be(JsonValueKind.Array);
        figure.RootElement.GetProperty("layout").GetProperty("height").GetInt32().Should().BeInRange(100, 4_000);
    }

    [Fact]
    public void A_logarithmic_comparison_has_every_run_as_a_dot_in_both_drawings()
    {
        var figure = JsonDocument.Parse(Gallery.Pictures["bars-guesses"]().ToFigureJson()).RootElement;

        figure.GetProperty("data").EnumerateArray().Select(trace => trace.GetProperty("name").GetString()).Should()
            .Equal("threads", "sequential", "every run", "interval", "guessed");
        figure.GetProperty("data")[2].GetProperty("x").GetArrayLength().Should().Be(4);
        Gallery.Pictures["bars-guesses"]().ToSvg().Split("h0").Should().HaveCount(4 + 2, "four dots and the one of the legend");
    }

    [Fact]
    public void No_type_of_the_library_has_a_name_that_Plotly_NET_has_too()
    {
        string[] namespaces = ["Plotly.NET", "Plotly.NET.CSharp", "Plotly.NET.LayoutObjects", "Plotly.NET.TraceObjects"];
        var theirs = typeof(Plotly.NET.GenericChart).Assembly.GetExportedTypes()
            .Concat(typeof(Plotly.NET.CSharp.Chart).Assembly.GetExportedTypes())
            .Where(type => namespaces.Contains(type.Namespace) && !type.IsNested).Select(type => type.Name.Split('`')[0]);

        typeof(ChartSpec).Assembly.GetExportedTypes().Select(type => type.Name).Should().NotIntersectWith(theirs);
    }

    private static void Refused(string json, string sentence) =>
        FluentActions.Invoking(() => ChartSpec.FromJson(json)).Should().Throw<InvalidDataException>().WithMessage(sentence);
}
