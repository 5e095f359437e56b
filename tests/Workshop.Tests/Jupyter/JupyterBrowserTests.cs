using System.Diagnostics;
using Workshop.Lessons;

namespace Workshop.Tests.Jupyter;

/// <summary>A notebook as a reader has it: our verb starts Jupyter, and a browser opens the notebook and runs all cells.</summary>
public sealed class JupyterBrowserTests : IDisposable
{
    private const string StartAll =
        """
        () => {
          const notebook = Jupyter.notebook;
          notebook.set_autosave_interval(0); // The file is the repository's.
          notebook.clear_all_output();
          notebook.execute_all_cells();
        }
        """;

    private const string HaveAllRun =
        """
        () => Jupyter.notebook.get_cells().filter(cell => cell.cell_type === 'code')
          .every(cell => Number.isInteger(cell.input_prompt_number))
        """;

    private readonly JupyterHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task A_notebook_runs_in_Jupyter_and_shows_its_charts_and_claims()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "It starts shell scripts, and looks for processes as Linux shows them.");
        _home.PutRealJupyter();
        await using var browser = await TestBrowser.StartAsync();
        _home.Workspace.Environment["CONCURRENCY_NOTEBOOKS_QUICK"] = "1";
        var path = Directory.GetFiles(Repository.Require().Notebooks, "03-*.ipynb").Single();
        var before = File.ReadAllBytes(path);
        Page? seen = null;

        var run = await ProgramRun.OfAsync(
            _home.Workspace,
            async process =>
            {
                var jupyter = await RunningJupyter.InAsync(_home);
                seen = await OpenAsync(browser, jupyter.Page($"notebooks/{Path.GetFileName(path)}"));
                using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
                await kill.WaitForExitAsync();
            },
            "jupyter", "--no-browser");

        seen!.Errors.Should().BeEmpty();
        seen.Charts.Should().BeGreaterThan(0);
        seen.SmallestChart.Should().BeGreaterThan(100, "a chart is drawn, not only there");
        seen.Claims.Should().BeGreaterThan(0);
        run.ExitCode.Should().Be(130);
        _home.Processes().Should().BeEmpty();
        File.ReadAllBytes(path).Should().Equal(before);
    }

    private static async Task<Page> OpenAsync(TestBrowser browser, Uri address)
    {
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1200, Height = 900 } });
        await page.GotoAsync(address.AbsoluteUri);
        await page.WaitForFunctionAsync("() => window.Jupyter?.notebook?.kernel?.is_connected()");
        await page.EvaluateAsync(StartAll);
        await page.WaitForFunctionAsync(HaveAllRun);

        var charts = page.Locator("div.output svg[viewBox], div.output img[src^='data:image/svg+xml']");
        var widths = await charts.EvaluateAllAsync<double[]>("all => all.map(one => one.getBoundingClientRect().width)");
        var result = new Page(
            [.. await page.Locator("div.output_error").AllInnerTextsAsync()],
            widths.Length,
            widths.DefaultIfEmpty().Min(),
            (await page.Locator("div.output").AllInnerTextsAsync()).Sum(text => text.Count(sign => sign is '✔' or '✘' or '–')));

        // For whoever wants to see what the browser saw.
        await charts.Last.ScrollIntoViewIfNeededAsync();
        await page.ScreenshotAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "jupyter.png") });
        return result;
    }

    private sealed record Page(IReadOnlyList<string> Errors, int Charts, double SmallestChart, int Claims);
}
