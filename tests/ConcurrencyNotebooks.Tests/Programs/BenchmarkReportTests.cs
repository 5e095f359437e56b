using System.Text.Json;

namespace ConcurrencyNotebooks.Tests;

public sealed class BenchmarkReportTests
{
    private static readonly BenchmarkReport Report = new("Costs", "a machine",
    [
        new("await", ConcurrencyModel.Async, 21.5, 0.4, 72),
        new("thread", ConcurrencyModel.Threads, 48_300, 900, 216),
        new("elsewhere", ConcurrencyModel.Processes, 30_100, 31_000, null),
    ]);

    [Fact]
    public void The_table_has_times_errors_and_allocations()
    {
        var lines = Report.ToTableHtml().Replace("</table>", "<tr>").Split("<tr>");

        Report.ToString().Should().StartWith("Costs\n");
        string Line(string start) => lines.Single(line => line.StartsWith($"<td>{start}", StringComparison.Ordinal));
        Line("await").Should().EndWith("<td>21.5 ns<td>21.1 ns<td>21.9 ns<td>72 B");
        Line("thread").Should().EndWith("<td>48.3 µs<td>47.4 µs<td>49.2 µs<td>216 B");
        Line("elsewhere").Should().EndWith("<td>30.1 µs<td>3.01 µs<td>61.1 µs<td>");
    }

    [Fact]
    public void The_chart_shows_all_of_them_also_where_the_error_is_as_large_as_the_time()
    {
        var svg = Report.ToSvg();

        svg.Should().Contain(">elsewhere<").And.Contain(">30.1 µs<").And.Contain(">48.3 µs<").And.NotContain("NaN")
            .And.NotContain("No mark for");
    }

    [Fact]
    public void It_crosses_from_one_process_to_the_other_unchanged()
    {
        var crossed = JsonSerializer.Deserialize<BenchmarkReport>(JsonSerializer.Serialize(Report))!;

        crossed.Results.Should().Equal(Report.Results);
        crossed.ToString().Should().Be(Report.ToString());
    }
}
