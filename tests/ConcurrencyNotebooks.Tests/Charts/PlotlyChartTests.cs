using System.Text.Json;
using Plotly.NET;
using Plotly.NET.CSharp;

namespace ConcurrencyNotebooks.Tests;

public sealed class PlotlyChartTests
{
    public static TheoryData<string> All { get; } = [.. Gallery.Names];

    [Theory]
    [MemberData(nameof(All))]
    public void Plotly_NET_has_the_same_traces_and_layout_as_our_figure(string name)
    {
        var picture = Gallery.Pictures[name]();

        using var theirs = JsonDocument.Parse(GenericChart.toFigureJson(picture.ToPlotly().GenericChart));
        using var ours = JsonDocument.Parse(picture.ToFigureJson());

        JsonElement.DeepEquals(theirs.RootElement.GetProperty("data"), ours.RootElement.GetProperty("data")).Should().BeTrue();
        TitleOf(theirs).Should().Be(TitleOf(ours));

        static string? TitleOf(JsonDocument figure) =>
            figure.RootElement.GetProperty("layout").GetProperty("title").GetProperty("text").GetString();
    }

    [Fact]
    public void A_change_with_Plotly_NET_is_in_the_output_and_our_picture_beside_it()
    {
        var chart = Gallery.Pictures["lines-logarithmic"]().ToPlotly()
            .With(chart => chart.WithXAxisStyle<double, double, string>("another title"));

        var html = chart.ToHtml();

        html.Should().Contain("another title").And.Contain("<img alt='Concurrent waits.").And.Contain("\"type\":\"log\"")
            .And.NotContain("cannot be loaded");
    }

    [Fact]
    public void Where_Plotly_NET_cannot_be_loaded_our_figure_is_shown_and_one_sentence_says_why()
    {
        var picture = Gallery.Pictures["bars-two"]();
        var chart = picture.ToPlotly()
            .With(_ => throw new FileNotFoundException("Could not load file or assembly 'FSharp.Core, Version=10.1.0.0'."));

        chart.ToHtml().Should().StartWith(picture.ToHtml()).And.EndWith(
            "<p>Drawn without Plotly.NET, which cannot be loaded here: "
            + "Could not load file or assembly &apos;FSharp.Core, Version=10.1.0.0&apos;.</p>");
    }
}
