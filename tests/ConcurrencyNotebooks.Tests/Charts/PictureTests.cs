using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ConcurrencyNotebooks.Tests;

/// <summary>
/// Holds the pictures of the gallery against the <c>.svg</c> files in Charts/Pictures, and against what every picture promises.
/// </summary>
/// <remarks>After a change that is meant, run with the environment variable UPDATE_PICTURES=1, look at the files, and commit
/// them.</remarks>
public sealed partial class PictureTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly string[] TooLargeToRead = ["timeline-thousand", "timeline-lanes"];

    public static TheoryData<string> All { get; } = [.. Gallery.Names];

    public static TheoryData<string> Kept { get; } = [.. Gallery.Names.Except(TooLargeToRead)];

    [Theory]
    [MemberData(nameof(Kept))]
    public void A_picture_looks_as_it_did(string name)
    {
        var file = Path.Combine(ProjectFolder(), "Charts", "Pictures", name + ".svg");
        var picture = Gallery.Pictures[name]().ToSvg() + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_PICTURES") == "1") File.WriteAllText(file, picture);

        picture.Should().Be(File.ReadAllText(file).ReplaceLineEndings("\n"));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_picture_is_well_formed_and_explains_itself_to_a_screen_reader(string name)
    {
        var svg = XElement.Parse(Gallery.Pictures[name]().ToSvg());

        var ids = svg.DescendantsAndSelf().Attributes("id").Select(id => id.Value).ToList();
        ids.Should().OnlyHaveUniqueItems();
        svg.Element(Svg + "title")!.Value.Should().NotBeEmpty();
        Gallery.Pictures[name]().ToHtml().Should().MatchRegex("<img alt='[^']{20,}'");
        References().Matches(svg.ToString()).Select(match => match.Groups[1].Value).Should().BeSubsetOf(ids);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_picture_needs_no_script_and_nothing_from_elsewhere(string name)
    {
        var html = Gallery.Pictures[name]().ToSvg() + Gallery.Pictures[name]().ToTableHtml();

        html.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal)
            .Should().NotContainAny("<script", "http:", "https:", "href", "src=", "@import", "onload", "NaN,", "Infinity");
        html.Should().Contain("<details").And.Contain("<table>");
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("ja-JP")]
    [InlineData("ar-SA")]
    public void A_picture_is_the_same_in_every_culture(string culture)
    {
        var expected = Render();
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);

            Render().Should().Equal(expected);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        static List<string> Render() =>
            [.. Gallery.Pictures.Values.SelectMany(picture => new[] { picture().ToHtml(), picture().ToString()! })];
    }

    [Fact]
    public void A_label_cannot_break_out_of_the_markup()
    {
        var chart = ChartSpec.Bars(
            "</title><script>alert(1)</script>", [("\"><img src=x onerror=alert(1)>", 1), ("a\u0000b\u0001c\uD800d\uFFFE", 2)]);

        XElement.Parse(chart.ToSvg()).Descendants().Select(element => element.Name.LocalName).Should().NotContain(["script", "img"]);
        chart.ToTableHtml().Should().NotContainAny("<script", "<img");
        chart.ToHtml().Split("<script").Should().HaveCount(2, "only the chart's own script is there");
        chart.ToFigureJson().Should().NotContainAny("<script", "<img");
    }

    [Theory]
    [InlineData(1_000, 8)]
    [InlineData(1_000, 100)]
    [InlineData(100_000, 4)]
    public void A_timeline_of_very_many_spans_stays_small_in_all_of_its_forms_together(int spans, int lanes)
    {
        var timeline = Gallery.Spans(spans, lanes);

        var bundle = timeline.ToHtml() + timeline.ToJson() + timeline;

        Encoding.UTF8.GetByteCount(bundle).Should().BeLessThan(300_000);
    }

    private static string ProjectFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!folder.EnumerateFiles("ConcurrencyNotebooks.Tests.csproj").Any())
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"The project folder is not above {AppContext.BaseDirectory}.");
        return folder.FullName;
    }

    [GeneratedRegex(@"url\(#([^)]*)\)")]
    private static partial Regex References();
}
