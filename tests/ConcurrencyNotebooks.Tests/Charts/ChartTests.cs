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

        XElement.Parse(chart.ToSvg()).Descendants().Where(element => element.Name.LocalName == "title")
            .Select(title => title.Value).Should().ContainSingle(title => title.Contains("from 1 s to 3 s"));
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
        var chart = ChartSpec.Lines("t", new ChartAxis("x", Logarithmic: true), new ChartAxis("y", Logarithmic: true), [new("line", [(0, 1), (1, 0), (10, 10), (100, 100)])]);

        TextOf(chart).Should().Contain("2 of 4 points of line are not drawn");
    }

    [Fact]
    public void Series_differ_in_the_shape_of_their_marks_and_not_only_in_colour()
    {
        var chart = ChartSpec.Lines("t", new ChartAxis("x"), new ChartAxis("y"), [.. Enumerable.Range(0, 6).Select(i => new ChartLine($"line {i}", [(i, i)]))]);

        var shapes = XElement.Parse(chart.ToSvg()).Descendants()
            .Where(path => path.Name.LocalName == "path" && path.Value.Contains(": ", StringComparison.Ordinal))
            .Select(path => Numbers().Replace(path.Attribute("d")!.Value, "#"));

        shapes.Should().HaveCount(6).And.OnlyHaveUniqueItems(
            "each mark has commands of its own, or at least other proportions");
    }

    [Fact]
    public void A_reference_line_is_dashed_and_a_marker_line_carries_its_words()
    {
        var chart = ChartSpec.Lines(
            "t", new ChartAxis("workers"), new ChartAxis("speedup", "×"), [new("ideal", [(1, 1), (8, 8)], IsReference: true), new("measured", [(1, 1), (8, 2)])],
            markAt: 2, mark: "2 cores");

        var paths = XElement.Parse(chart.ToSvg()).Descendants().Where(element => element.Name.LocalName == "path").ToList();
        paths.Where(path => path.Value == "ideal").Should().OnlyContain(path => path.Attribute("stroke-dasharray") != null);
        paths.Should().ContainSingle(path => path.Value == "2 cores");
        TextOf(chart).Should().Contain("2 cores");
    }

    [Fact]
    public void The_table_has_a_row_for_each_x_and_a_column_for_each_series()
    {
        var chart = ChartSpec.Lines("Title", new ChartAxis("n"), new ChartAxis("time", "s"), [new("a", [(1, 0.001), (2, 0.002)]), new("b", [(2, 2)])], subtitle: "");

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

    // How far to the right each bar reaches, or each dot's line on a logarithmic axis.
    private static List<double> BarLengths(ChartSpec chart) =>
        [.. XElement.Parse(chart.ToSvg()).Descendants()
            .Where(path => path.Name.LocalName == "path" && path.Value.Contains(": ", StringComparison.Ordinal))
            .Select(path => BarPath().Match(path.Attribute("d")!.Value))
            .Where(match => match.Success)
            .Select(match => Number(match.Groups[2]) - Number(match.Groups[1]))];

    private static string LinePath(ChartSpec chart) => XElement.Parse(chart.ToSvg()).Descendants()
        .Single(path => path.Attribute("fill")?.Value == "none").Attribute("d")!.Value;

    private static string TextOf(ChartSpec chart) => string.Join(' ', XElement.Parse(chart.ToSvg()).Descendants()
        .Where(element => element.Name.LocalName == "text").Select(element => element.Value));

    private static double Number(Group group) => double.Parse(group.Value, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^M([\d.]+) [\d.]+H([\d.]+)")]
    private static partial Regex BarPath();

    // Positions differ anyway; sizes relative to the mark are kept by looking at the relative commands only.
    [GeneratedRegex(@"^M[\d.]+ [\d.]+")]
    private static partial Regex Numbers();
}
