using ConcurrencyNotebooks;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Workshop.Handouts;
using Workshop.Lessons;

namespace Workshop.Tests;

/// <summary>A page with a chart of every kind, in a real browser.</summary>
public sealed class ChartPageTests : IDisposable
{
    private readonly Workspace _workspace = new();

    private static List<Picture> Charts
    {
        get
        {
            var timeline = new Timeline("Two lanes");
            using (timeline.Span("works", ConcurrencyModel.Threads, lane: "thread 4"))
            using (timeline.Span("waits", ConcurrencyModel.Threads, waiting: true, lane: "thread 5"))
                Thread.Sleep(20);
            using (timeline.Span("works again", ConcurrencyModel.Threads, lane: "thread 4"))
                Thread.Sleep(1);
            return
            [
                ChartSpec.Bars("Bars", [("one", 1), ("two", 2)], "s"),
                ChartSpec.Bars(
                    "Dots", [new("one", 0.1, 0.09, 0.2, ConcurrencyModel.Async, [0.09, 0.1, 0.2], 0.3), new("two", 100)],
                    new ChartAxis("time", "s", Logarithmic: true)),
                ChartSpec.Lines(
                    "Lines", new ChartAxis("n", Logarithmic: true), new ChartAxis("time", "s"),
                    [new("a", [(1, 1), (10, 2)]), new("b", [(1, 2), (10, 1)], Shape: LineShape.Steps)], markAt: 2, mark: "2 cores"),
                ChartSpec.HeatMap("Heat", [("row", [1, 100]), ("other", [10, double.NaN])], ["a", "b"], "s", logarithmic: true),
                timeline,
                ChartSpec.Lines(
                    "Flat", new ChartAxis("n"), new ChartAxis("times"), [new("reference", [(1, 1), (2, 1), (3, 1)], IsReference: true)]),
                Choose.Tree,
                Choose.For(new Workload("primes", WorkloadKind.CpuBound) { ParallelNeeded = true }),
            ];
        }
    }

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData(400, ColorScheme.Light, true)]
    [InlineData(1200, ColorScheme.Light, false)]
    [InlineData(1200, ColorScheme.Dark, true)]
    public async Task Axe_finds_nothing_to_complain_about(int width, ColorScheme scheme, bool withFigures)
    {
        await using var browser = await TestBrowser.StartAsync();
        var page = await OpenAsync(browser, width, scheme, withFigures);
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(details => details.open = true)");

        var result = await page.RunAxe();

        result.Violations.Select(Words).Should().BeEmpty();
        result.Passes.Should().NotBeEmpty("it looked");
        (await page.Locator(".cn-chart").CountAsync()).Should().Be(Charts.Count);
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).Should().BeLessThanOrEqualTo(width);
    }

    [Fact]
    public void The_script_of_a_page_replaces_the_colour_that_figures_have_for_text() =>
        Figures.Scripts("nonce").Should().Contain($"replaceAll('{Palette.InkColour}',");

    [Fact]
    public async Task Every_mark_of_a_figure_is_drawn_where_the_figure_says()
    {
        // What plotly.js makes of the places is in calcdata.
        const string Misplaced =
            """
            () => [...document.querySelectorAll('.js-plotly-plot')].flatMap(plot => plot.calcdata.flatMap((points, number) => {
                const { type, name, x, y, base } = plot.data[number];
                return points.flatMap((point, n) => x[n] === null ? [] : type === 'bar'
                        ? [['y', y[n], point.p], ['x', x[n], point.s], ['base', base ? base[n] : 0, point.b]]
                        : [['y', y[n], point.y], ['x', x[n], point.x]])
                    .filter(([_, said, drawn]) => !(Math.abs(said - drawn) < 1e-6)).map(place => `${name}: ${place}`);
            }))
            """;
        await using var browser = await TestBrowser.StartAsync();
        var page = await OpenAsync(browser, 1200, ColorScheme.Light, withFigures: true);

        var misplaced = await page.EvaluateAsync<string[]>(Misplaced);

        misplaced.Should().BeEmpty();
    }

    private async Task<IPage> OpenAsync(TestBrowser browser, int width, ColorScheme scheme, bool withFigures)
    {
        var cells = Charts.Select((chart, i) =>
            NotebookCellText.Code($"c{i}", "1") with { Output = NotebookText.Display((ChartSpec.MimeType, chart.ToJson())) });
        var file = new NotebookFile(_workspace.WriteNotebook("a.ipynb", [NotebookCellText.Markdown("title", "# Charts"), .. cells]));
        new HandoutWriter(_workspace["pages"], [file], null).WriteSaved(file);
        if (!withFigures) File.Delete(_workspace["pages/plotly.min.js"]);
        var page = await browser.NewPageForAxeAsync(width, scheme);
        await page.GotoAsync(new Uri(_workspace["pages/a.html"]).AbsoluteUri);
        if (withFigures) await page.WaitForFunctionAsync("() => document.querySelectorAll('.cn-paper').length === 5");
        return page;
    }

    private static string Words(AxeResultItem item) =>
        $"{item.Id}: {item.Help}: {string.Join(" | ", item.Nodes.Take(3).Select(node => node.Html))}";
}
