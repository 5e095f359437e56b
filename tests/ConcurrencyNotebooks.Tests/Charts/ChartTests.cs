using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ConcurrencyNotebooks.Tests;

/// <summary>What a chart says about values that have no place on it, and how it treats the ones that have.</summary>
public sealed partial class ChartTests
{
    [Fact]
    public void Bars_are_as_long_as_their_values()
    {
        var lengths = BarLengths(ChartSpec.Bars("t", [("one", 1.0), ("two", 2.0), ("four", 4.0)]));

        (lengths[1] / lengths[0]).Should().BeApproximately(2, 0.01);
        (lengths[2] / lengths[0]).Should().BeApproximately(4, 0.02);
    }

    [Fact]
    public void On_a_logarithmic_scale_equal_factors_are_equal_distances()
    {
        var lengths = BarLengths(ChartSpec.Bars("t", [("one", 1.0), ("ten", 10.0), ("hundred", 100.0)], logarithmic: true));

        (lengths[2] - lengths[1]).Should().BeApproximately(lengths[1] - lengths[0], 0.3);
    }

    [Fact]
    public void A_logarithmic_chart_says_which_bars_it_cannot_draw()
    {
        var chart = ChartSpec.Bars("t", [("nothing", 0.0), ("some", 5.0)], logarithmic: true);

        TextOf(chart).Should().Contain("No mark for nothing: zero and negative numbers have no place on a logarithmic scale.");
        BarLengths(chart).Should().HaveCount(1);
    }

    [Fact]
    public void A_bar_without_a_number_says_so_and_leaves_the_others_alone()
    {
        var chart = ChartSpec.Bars("t", [("odd", double.NaN), ("endless", double.PositiveInfinity), ("fine", 5.0)]);

        TextOf(chart).Should().Contain("not a number").And.Contain("infinite");
        BarLengths(chart).Should().ContainSingle().Which.Should().BeGreaterThan(100);
    }

    [Fact]
    public void Whiskers_appear_where_there_is_a_spread_and_only_there()
    {
        var chart = ChartSpec.Bars("t", [new("spread", 2, 1, 3), new("none", 2, 2, 2), new("unknown", 2)], new ChartAxis(Unit: "s"));

        Paths(chart).Where(path => path.Attribute("class")?.Value == "k")
            .Select(path => path.Attribute("d")!.Value.Count(command => command == 'M'))
            .Should().Equal([3, 1], "a line has two ends, and the legend has a line");
        chart.ToString().Should().Contain("low").And.Contain("high");
    }

    [Fact]
    public void A_hole_interrupts_a_line()
    {
        var chart = ChartSpec.Lines("t", new ChartAxis("x"), new ChartAxis("y"), [new("line", [(1, 1), (2, double.NaN), (3, 1), (4, 2)])]);

        LinePath(chart).Count(command => command == 'M').Should().Be(2);
        LinePath(chart).Count(command => command == 'L').Should().Be(1);
    }

    [Fact]
    public void A_logarithmic_line_chart_counts_the_points_that_it_leaves_out()
    {
        var chart = ChartSpec.Lines(
            "t", new ChartAxis("x", Logarithmic: true), new ChartAxis("y", Logarithmic: true),
            [new("line", [(0, 1), (1, 0), (10, 10), (100, 100)])]);

        TextOf(chart).Should().Contain("2 of 4 points of line are not drawn");
    }

    [Fact]
    public void Series_differ_in_the_shape_of_their_marks_and_not_only_in_colour()
    {
        var chart = ChartSpec.Lines(
            "t", new ChartAxis("x"), new ChartAxis("y"), [.. Enumerable.Range(0, 6).Select(i => new ChartLine($"line {i}", [(i, i)]))]);

        var shapes = Paths(chart).Where(path => path.Attribute("fill")?.Value.StartsWith('#') == true)
            .Select(path => Place().Replace(path.Attribute("d")!.Value, "")).ToList();

        shapes.Should().HaveCount(12, "each is in the chart and in the legend");
        shapes.Distinct().Should().HaveCount(6, "each mark has a shape of its own");
    }

    [Fact]
    public void A_reference_line_is_dashed_and_a_marker_line_carries_its_words()
    {
        var chart = ChartSpec.Lines(
            "t", new ChartAxis("workers"), new ChartAxis("speedup", "×"),
            [new("ideal", [(1, 1), (8, 8)], IsReference: true), new("measured", [(1, 1), (8, 2)])], markAt: 2, mark: "2 cores");

        Paths(chart).Count(path => path.Attribute("stroke-dasharray")?.Value == "7 5").Should().Be(2, "in the chart and in the legend");
        Paths(chart).Should().ContainSingle(path => path.Attribute("stroke-dasharray") != null && path.Attribute("class") != null);
        TextOf(chart).Should().Contain("2 cores");
    }

    [Fact]
    public void The_table_has_a_row_for_each_x_and_a_column_for_each_series()
    {
        var chart = ChartSpec.Lines(
            "Title", new ChartAxis("n"), new ChartAxis("time", "s"), [new("a", [(1, 0.001), (2, 0.002)]), new("b", [(2, 2)])]);

        chart.ToString().Should().Be(
            """
            Title

            n     a    b
            1  1 ms
            2  2 ms  2 s
            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_chart_does_not_name_the_machine_which_a_page_names_once()
    {
        ChartSpec.Bars("t", [("a", 1.0)]).ToString().Should().NotContain(Machine.Description);
        ChartSpec.Bars("t", [("a", 1.0)], subtitle: "recorded elsewhere").ToString().Should().Contain("recorded elsewhere");
    }

    // How long each bar is, or where each dot is on a logarithmic axis.
    private static List<double> BarLengths(ChartSpec chart) =>
        [.. Paths(chart).SelectMany(path => BarPath().Matches(path.Attribute("d")!.Value))
            .Select(match => double.Parse(match.Groups[1].Value + match.Groups[2].Value, CultureInfo.InvariantCulture))];

    private static string LinePath(ChartSpec chart) =>
        Paths(chart).Single(path => path.Attribute("fill")?.Value == "none").Attribute("d")!.Value;

    private static string TextOf(ChartSpec chart) => string.Join(' ', XElement.Parse(chart.ToSvg()).Descendants()
        .Where(element => element.Name.LocalName == "text").Select(element => element.Value));

    private static IEnumerable<XElement> Paths(ChartSpec chart) =>
        XElement.Parse(chart.ToSvg()).Descendants().Where(element => element.Name.LocalName == "path");

    [GeneratedRegex(@"M[\d.]+ [\d.]+h([\d.]+)v|M([\d.]+) [\d.]+m-4 0a")]
    private static partial Regex BarPath();

    [GeneratedRegex(@"^M[\d.]+ [\d.]+")]
    private static partial Regex Place();
}
