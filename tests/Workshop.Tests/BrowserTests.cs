using Microsoft.Playwright;

namespace Workshop.Tests;

/// <summary>The pages in a real browser: nothing sticks out, nothing is fetched, nothing complains.</summary>
public sealed class BrowserTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData(400)]
    [InlineData(1200)]
    public async Task A_page_fits_its_window_stays_by_itself_and_has_no_errors(int width)
    {
        HandoutTests.Write(_workspace.Folder);

        await using var browser = await TestBrowser.StartAsync();
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme });
            var messages = new List<string>();
            var requests = new List<string>();
            page.Console += (_, message) => messages.Add(message.Text);
            page.PageError += (_, error) => messages.Add(error);
            page.Request += (_, request) => requests.Add(request.Url);
            foreach (var name in new[] { "01-first.html", "02-second.html", "01-first.ja.html", "index.html" })
            {
                var address = new Uri(_workspace[name]).AbsoluteUri;
                await page.GotoAsync(address);

                (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).Should()
                    .BeLessThanOrEqualTo(width, $"{name} must not scroll sideways");
                requests.Where(url => url != address && !url.StartsWith("data:", StringComparison.Ordinal)).Should().BeEmpty();
                requests.Clear();
            }

            messages.Should().BeEmpty();
        }
    }

    [Fact]
    public async Task The_dark_page_is_dark_and_the_printed_one_is_light_with_everything_open()
    {
        HandoutTests.Write(_workspace.Folder);

        await using var browser = await TestBrowser.StartAsync();
        var page = await browser.NewPageAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.GotoAsync(new Uri(_workspace["01-first.html"]).AbsoluteUri);
        var dark = await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
        var shown = await page.EvaluateAsync<int>("document.querySelector('[id=\"cell-id=long\"] pre.stream').clientHeight");
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        var paper = await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
        var printed = await page.EvaluateAsync<int>("document.querySelector('[id=\"cell-id=long\"] pre.stream').clientHeight");

        dark.Should().NotBe("rgb(255, 255, 255)");
        paper.Should().Be("rgb(255, 255, 255)");
        printed.Should().BeGreaterThan(3 * shown, "300 lines scroll on a screen and are whole on paper");
    }
}
