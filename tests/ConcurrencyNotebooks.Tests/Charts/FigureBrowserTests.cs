using System.Text;
using Microsoft.Playwright;

namespace ConcurrencyNotebooks.Tests;

/// <summary>
/// What a reader sees of a cell's output in a browser: the figure where plotly.js can be had, the picture everywhere else.
/// </summary>
/// <remarks>plotly.js comes from the Plotly.NET assembly and is answered in place of its CDN, with the hash that the charts ask
/// for.</remarks>
public sealed class FigureBrowserTests
{
    private const string Figure = ".cn-figure .main-svg";

    // A tree and an empty chart stay pictures.
    private static readonly int Figures =
        Gallery.Pictures.Values.Count(picture => picture().ToHtml().Contains("data-figure=", StringComparison.Ordinal));

    private static readonly string PlotlyJs = ReadPlotlyJs();

    // Words of axes, legends and titles; labels at marks may be hidden by plotly.js itself.
    private const string Examine =
        """
        () => {
          const problems = document.documentElement.scrollWidth > innerWidth ? ['wider than the page'] : [];
          for (const figure of document.querySelectorAll('.cn-figure')) {
            const name = figure.closest('section').id, frame = figure.getBoundingClientRect();
            const texts = [...figure.querySelectorAll('.xtick text,.ytick text,.xtitle,.ytitle,.gtitle,.legendtext,.shape-label text')]
              .flatMap(element => element.querySelector('.line') ? [...element.querySelectorAll('.line')] : [element])
              .map(line => ({ words: line.textContent, box: line.getBoundingClientRect() })).filter(text => text.box.width > 0);
            for (const { words, box } of texts) {
              if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1)
                problems.push(`${name}: cut: ${words}`);
            }
            texts.forEach((a, i) => texts.slice(i + 1).forEach(b => {
              const width = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
              const height = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
              if (width > 1 && height > 0.3 * Math.min(a.box.height, b.box.height))
                problems.push(`${name}: overlap: ${a.words} | ${b.words}`);
            }));
            const bar = figure.querySelector('.modebar-group');
            if (bar && getComputedStyle(bar).backgroundColor !== 'rgba(0, 0, 0, 0)') problems.push(`${name}: the mode bar has a ground`);
          }
          return problems;
        }
        """;

    [Fact]
    public void The_hash_is_that_of_the_file_in_Plotly_NET()
    {
        var hash = System.Security.Cryptography.SHA384.HashData(Encoding.UTF8.GetBytes(PlotlyJs));

        ChartHtml.Integrity.Should().Be("sha384-" + Convert.ToBase64String(hash));
    }

    [Fact]
    public async Task The_figure_takes_the_pictures_place_shows_a_runs_value_and_lets_a_series_be_switched_off()
    {
        await using var browser = await TestBrowser.StartAsync();
        var page = await browser.OpenAsync(Page(Gallery.Pictures["bars-models"]), PlotlyJs);
        await page.WaitForSelectorAsync(Figure);

        (await page.Locator(".cn-chart > img").IsVisibleAsync()).Should().BeFalse();
        await page.Locator(".cn-figure .scatterlayer .point").Nth(1).HoverAsync(new() { Force = true });
        (await page.Locator(".hoverlayer").TextContentAsync()).Should().MatchRegex("1(\\.\\d+)?s");
        var before = await page.Locator(".cn-figure .scatterlayer .point:visible").CountAsync();
        await page.Locator(".legendtoggle").Last.ClickAsync();
        await page.WaitForFunctionAsync("count => document.querySelectorAll('.cn-figure .scatterlayer .point').length < count", before);
    }

    [Fact]
    public async Task Every_kind_of_chart_becomes_a_figure_with_its_own_colours_on_a_dark_page_also_where_the_system_is_light()
    {
        await using var browser = await TestBrowser.StartAsync();
        var page = await browser.OpenAsync(Page([.. Gallery.Pictures.Values], "background:#111;color:#eee"), PlotlyJs);

        await page.WaitForFunctionAsync("count => document.querySelectorAll('.cn-paper').length === count", Figures);

        var (title, svg) = (page.Locator(".cn-figure .gtitle").First, page.Locator(".cn-figure .main-svg").First);
        (await title.EvaluateAsync<string>("title => title.style.fill")).Should().Be("rgb(238, 238, 238)");
        (await svg.EvaluateAsync<string>("svg => svg.style.background")).Should().Contain("rgba(0, 0, 0, 0)");
        (await page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('.cn-figure *')].filter(element =>
              ['fill', 'stroke'].some(paint => getComputedStyle(element)[paint] === 'rgb(31, 41, 55)')).map(element => element.outerHTML)
            """)).Should().BeEmpty("that is the colour of text on a light page");
    }

    [Theory]
    [InlineData("class=vscode-dark", true)]
    [InlineData("data-jp-theme-light=false", true)]
    [InlineData("data-jp-theme-light=true", false)]
    public async Task Pictures_without_a_figure_are_as_dark_as_the_page_of_a_notebook_also_when_they_are_saved(string theme, bool isDark)
    {
        await using var browser = await TestBrowser.StartAsync();
        var html = ChartHtml.WithoutFigures(string.Concat(Gallery.Pictures.Values.Select(picture => picture().ToHtml())));

        var page = await browser.OpenAsync($"<!doctype html><meta charset=utf-8><body {theme}>{html}", null);

        (await page.Locator(".cn-chart > img").EvaluateAllAsync<string[]>("images => images.map(i => getComputedStyle(i).colorScheme)"))
            .Should().HaveCount(Gallery.Pictures.Count).And.OnlyContain(scheme => scheme == (isDark ? "dark" : "normal"));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Without_scripts_and_without_plotly_js_the_picture_stays_with_its_words_and_its_table(bool scripts, bool reachable)
    {
        await using var browser = await TestBrowser.StartAsync();
        var page = await browser.OpenAsync(Page(Gallery.Pictures["bars-models"]), reachable ? PlotlyJs : null, scripts);
        if (scripts) await page.WaitForFunctionAsync("() => window.cnPlotly === null");

        (await page.Locator(".cn-chart > img").IsVisibleAsync()).Should().BeTrue();
        (await page.Locator(".cn-chart > img").GetAttributeAsync("alt")).Should().StartWith("Ten waits of 0.1 s. ");
        (await page.Locator(".cn-chart > img").BoundingBoxAsync())!.Height.Should().BeGreaterThan(100);
        (await page.Locator(".cn-figure").CountAsync()).Should().Be(0);
        await page.Locator(".cn-data summary").ClickAsync();
        (await page.Locator(".cn-data table").IsVisibleAsync()).Should().BeTrue();
    }

    [Fact]
    public async Task Another_file_than_the_one_with_the_hash_is_not_run()
    {
        await using var browser = await TestBrowser.StartAsync();
        var page = await browser.OpenAsync(Page(Gallery.Pictures["bars-models"]), "window.wasRun = true");

        await page.WaitForFunctionAsync("() => window.cnPlotly === null");

        (await page.EvaluateAsync<bool>("() => 'wasRun' in window")).Should().BeFalse();
        (await page.Locator(".cn-chart > img").IsVisibleAsync()).Should().BeTrue();
    }

    [Fact]
    public async Task On_paper_the_picture_stands()
    {
        await using var browser = await TestBrowser.StartAsync();
        var page = await browser.OpenAsync(Page(Gallery.Pictures["bars-models"]), PlotlyJs);
        await page.WaitForSelectorAsync(Figure);

        await page.EmulateMediaAsync(new() { Media = Media.Print });

        (await page.Locator(".cn-chart > img").IsVisibleAsync()).Should().BeTrue();
        (await page.Locator(".cn-figure").IsVisibleAsync()).Should().BeFalse();
    }

    [Fact]
    public async Task A_slow_network_only_makes_the_figure_late()
    {
        await using var browser = await TestBrowser.StartAsync();

        var page = await browser.OpenAsync(Page(Gallery.Pictures["bars-two"]), PlotlyJs, delay: TimeSpan.FromSeconds(12));

        await page.WaitForSelectorAsync(Figure);
    }

    [Fact]
    public async Task Require_js_does_not_take_plotly_js_for_a_module_of_its_own()
    {
        await using var browser = await TestBrowser.StartAsync();
        const string Define = "<script>window.define = () => { window.wasDefined = true }; define.amd = {};</script>";
        var page = await browser.OpenAsync(Define + Page(Gallery.Pictures["bars-two"]), PlotlyJs);

        await page.WaitForSelectorAsync(Figure);

        (await page.EvaluateAsync<bool>("() => 'wasDefined' in window")).Should().BeFalse();
    }

    [Theory]
    [InlineData("bars-within-two-decades")]
    [InlineData("bars-two-long-names")]
    public async Task Every_number_of_a_logarithmic_axis_has_its_unit(string chart)
    {
        await using var browser = await TestBrowser.StartAsync();
        var page = await browser.OpenAsync(Page(Gallery.Pictures[chart]), PlotlyJs);
        await page.WaitForSelectorAsync(Figure);

        var ticks = await page.Locator(".cn-figure .xtick text").AllTextContentsAsync();

        ticks.Should().HaveCountGreaterThan(2).And.OnlyContain(tick => tick.EndsWith('s'));
        (await page.Locator(".cn-figure .xtitle").TextContentAsync()).Should().EndWith("logarithmic scale");
    }

    [Fact]
    public async Task A_vertical_mark_reaches_from_the_bottom_to_the_top_and_its_words_stand_above()
    {
        await using var browser = await TestBrowser.StartAsync();
        var page = await browser.OpenAsync(Page(Gallery.Pictures["lines-speedup"]), PlotlyJs);
        await page.WaitForSelectorAsync(Figure);

        var plot = (await page.Locator(".cn-figure .nsewdrag").First.BoundingBoxAsync())!;
        var mark = (await page.Locator(".cn-figure .shapelayer path").First.BoundingBoxAsync())!;
        var words = (await page.Locator(".cn-figure .shape-label text").First.BoundingBoxAsync())!;

        mark.Height.Should().BeApproximately(plot.Height, 2);
        (words.Y + words.Height).Should().BeLessThanOrEqualTo(plot.Y + 2);
    }

    [Fact]
    public async Task Numbers_and_units_of_an_axis_are_written_as_in_the_picture_and_no_word_in_a_bar_is_too_small_to_read()
    {
        await using var browser = await TestBrowser.StartAsync();
        var counted = ChartSpec.Bars("Counted", [("all", 2_000_000), ("some", 1_600_000)], unit: "turns");
        var page = await browser.OpenAsync(Page([() => counted, Gallery.Pictures["timeline-thousand"]], ""), PlotlyJs);
        await page.WaitForFunctionAsync("() => document.querySelectorAll('.cn-paper').length === 2");

        (await page.Locator(".cn-figure").First.Locator(".xtick text").AllTextContentsAsync()).Should().Contain("1,500,000");
        (await page.Locator(".cn-figure .xtitle").First.TextContentAsync()).Should().Be("turns");
        (await page.Locator(".cn-figure .bartext").EvaluateAllAsync<double[]>(
            """
            words => words.filter(word => word.getBoundingClientRect().width > 0)
              .map(word => parseFloat(getComputedStyle(word).fontSize) * word.getCTM().a)
            """)).Should().OnlyContain(size => size >= 9);
    }

    /// <summary>
    /// Every kind of chart in both drawings, for whoever wants to look: pages and their pictures beside the test program.
    /// </summary>
    [Theory]
    [InlineData(400, ColorScheme.Light)]
    [InlineData(400, ColorScheme.Dark)]
    [InlineData(1200, ColorScheme.Light)]
    [InlineData(1200, ColorScheme.Dark)]
    public async Task The_gallery_is_written_and_no_word_of_a_figure_is_cut_or_overlaps_another(int width, ColorScheme scheme)
    {
        await using var browser = await TestBrowser.StartAsync();
        var name = Path.Combine(AppContext.BaseDirectory, $"gallery-{scheme.ToString().ToLowerInvariant()}-{width}");
        var sections = Gallery.Pictures.Select(picture => $"<section id=\"{picture.Key}\"><h2>{picture.Key}</h2>"
            + $"{ChartHtml.Image(picture.Value().ToSpec())}{picture.Value().ToHtml()}</section>");
        var look = scheme == ColorScheme.Dark
            ? "class=vscode-dark style=\"margin:8px;background:#11151d;color:#eceff4\"" : "style=\"margin:8px\"";
        var html = $"<!doctype html><meta charset=utf-8><body {look}>{string.Concat(sections)}";
        await File.WriteAllTextAsync(name + ".html", html, TestContext.Current.CancellationToken);
        var page = await browser.OpenAsync(html, PlotlyJs, scheme: scheme, width: width);
        await page.WaitForFunctionAsync("count => document.querySelectorAll('.cn-paper').length === count", Figures);
        await page.ScreenshotAsync(new() { Path = name + ".png", FullPage = true });

        (await page.EvaluateAsync<string[]>(Examine)).Should().BeEmpty();
    }

    private static string Page(Func<Picture> picture) => Page([picture], "");

    private static string Page(IEnumerable<Func<Picture>> pictures, string style) =>
        $"<!doctype html><meta charset=utf-8><body style=\"{style}\">{string.Concat(pictures.Select(picture => picture().ToHtml()))}";

    private static string ReadPlotlyJs()
    {
        var assembly = typeof(Plotly.NET.GenericChart).Assembly;
        var resource = assembly.GetManifestResourceNames().Single(name => name.EndsWith(".min.js", StringComparison.Ordinal));
        using var stream = assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
