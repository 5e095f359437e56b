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

    [Theory]
    [InlineData(true, LineShape.Straight)]
    [InlineData(false, LineShape.Steps)]
    public void Lines_of_one_colour_without_dots_are_told_apart_by_their_dashes(bool isReference, LineShape shape)
    {
        var chart = ChartSpec.Lines("t", new ChartAxis(), new ChartAxis(), Enumerable.Range(0, 3).Select(i => new ChartLine(
            $"line {i}", [(0, i), (1, i + 1)], isReference ? null : ConcurrencyModel.Threads, isReference, shape)));

        var looks = Paths(chart).Where(path => (string?)path.Attribute("d") is { } line && line.EndsWith("h16", StringComparison.Ordinal))
            .Select(path => (string?)path.Attribute("stroke-dasharray") ?? "");

        looks.Distinct().Should().HaveCount(3);
        Dashes().Matches(chart.ToFigureJson()).Select(dash => dash.Value).Distinct().Should().HaveCount(3);
    }

    [Fact]
    public void In_each_row_of_a_heat_map_the_smallest_number_is_the_lightest_and_the_largest_the_darkest()
    {
        var chart = ChartSpec.HeatMap("t", [("days", [40_000.0, 90_000]), ("moments", [0.002, 0.001])], ["a", "b"], "s", logarithmic: true);

        var shares = chart.Scene.Series.Single().Marks.Select(mark => mark.Share).ToList();

        shares.Should().Equal(0.03, 0.55, 0.55, 0.03);
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
        chart.ToTableHtml().Should().Contain("<th>low<th>high");
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

        chart.ToTableHtml().Should().Contain("<th>n<th>a<th>b<tbody><tr><td>1<td>1 ms<td><tr><td>2<td>2 ms<td>2 s</table>");
    }

    [Fact]
    public void In_plain_text_a_chart_says_what_its_picture_shows_on_a_line()
    {
        var axis = new ChartAxis("time", "s");

        ChartSpec.Lines("Title", new ChartAxis("n"), axis, [new("a", [(1, 0.001), (5, 1), (2, 0.002)]), new("b", [(2, 2)])]).ToString()
            .Should().Be("Title\nLine chart of time over n. a: 1 ms at 1 to 2 ms at 2; b: 2 s at 2.");
        ChartSpec.Bars("Title", [new("a", 0.2, 0.1, 0.3, Runs: [0.1, 0.2, 0.3])], axis, "below").ToString()
            .Should().Be("Title\nbelow\nBar chart of time. a: 200 ms.");
    }

    [Fact]
    public void Of_a_line_of_steps_only_the_points_are_kept_at_which_it_changes()
    {
        var steps = new ChartLine("threads", [(0, 2), (1, 2), (2, 2), (3, 4), (4, 4), (5, 4)], Shape: LineShape.Steps);

        var chart = ChartSpec.Lines("t", new ChartAxis("x"), new ChartAxis("y"), [steps, steps with { Shape = LineShape.Straight }]);

        chart.ToJson().Should().Contain("\"0 2, 3 4, 5 4\"").And.Contain("\"0 2, 1 2, 2 2, 3 4, 4 4, 5 4\"");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Numbers_of_an_axis_do_not_touch_also_where_the_first_one_is_wide(bool logarithmic)
    {
        var bars = new (string, double)[] { ("a name that is too long to stand beside its bar", 0.1), ("b", 0.2), ("c", 5) };
        var chart = ChartSpec.Bars("t", bars, "s", logarithmic: logarithmic);

        var labels = Texts(chart).Where(text => text.Attribute("class")?.Value == "u m")
            .GroupBy(text => text.Attribute("y")!.Value).MaxBy(line => line.Count())!
            .Select(text => (Middle: (double)text.Attribute("x")!, Half: TextLayout.Width(text.Value, Canvas.SmallFontSize) / 2)).ToList();

        labels.Zip(labels.Skip(1)).Should().OnlyContain(pair =>
            pair.Second.Middle - pair.Second.Half - pair.First.Middle - pair.First.Half > 6);
        labels.Should().OnlyContain(label => label.Middle - label.Half > 3 && label.Middle + label.Half < Canvas.Width - 3);
    }

    [Fact]
    public void The_name_of_a_bar_takes_as_many_lines_as_it_needs()
    {
        var name = string.Join(' ', Enumerable.Repeat("a name of many words", 4));
        var chart = ChartSpec.Bars("t", [(name, 1.0), ("short", 2.0)]);

        Texts(chart).Count(line => line.Value.Contains("name", StringComparison.Ordinal)).Should().Be(2);
        TextOf(chart).Should().NotContain("…");
        chart.ToFigureJson().Should().NotContain("…");
    }

    private static IEnumerable<XElement> Texts(ChartSpec chart) =>
        XElement.Parse(chart.ToSvg()).Descendants().Where(element => element.Name.LocalName == "text");

    [Fact]
    public void A_figure_of_two_bars_is_high_enough_to_be_read()
    {
        using var figure = System.Text.Json.JsonDocument.Parse(ChartSpec.Bars("t", [("a", 1.0), ("b", 2.0)], "s", "time").ToFigureJson());

        figure.RootElement.GetProperty("layout").GetProperty("height").GetInt32().Should().BeGreaterThan(200);
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
        Paths(chart).Single(path => path.Attribute("stroke-width") is not null).Attribute("d")!.Value;

    private static string TextOf(ChartSpec chart) => string.Join(' ', XElement.Parse(chart.ToSvg()).Descendants()
        .Where(element => element.Name.LocalName == "text").Select(element => element.Value));

    private static IEnumerable<XElement> Paths(ChartSpec chart) =>
        XElement.Parse(chart.ToSvg()).Descendants().Where(element => element.Name.LocalName == "path");

    [GeneratedRegex(@"M[\d.]+ [\d.]+h([\d.]+)v|M([\d.]+) [\d.]+m-4 0a")]
    private static partial Regex BarPath();

    [GeneratedRegex("\"dash\":\"[a-z]+\"")]
    private static partial Regex Dashes();

    [GeneratedRegex(@"^M[\d.]+ [\d.]+")]
    private static partial Regex Place();
}
