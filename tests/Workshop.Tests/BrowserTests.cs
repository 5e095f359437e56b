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
        var executable = FindBrowser();
        Assert.SkipWhen(executable is null && Environment.GetEnvironmentVariable("CI") != "true", "There is no Chromium here; set CHROMIUM to one.");
        executable.Should().NotBeNull("CI installs Chromium");
        await HandoutTests.WriteAsync(_workspace.Folder);

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = executable,
            Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
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

                (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).Should().BeLessThanOrEqualTo(width, $"{name} must not scroll sideways");
                requests.Where(url => url != address && !url.StartsWith("data:", StringComparison.Ordinal)).Should().BeEmpty();
                requests.Clear();
            }

            messages.Should().BeEmpty();
        }
    }

    [Fact]
    public async Task The_dark_page_is_dark_and_the_printed_one_is_light_with_everything_open()
    {
        var executable = FindBrowser();
        Assert.SkipWhen(executable is null && Environment.GetEnvironmentVariable("CI") != "true", "There is no Chromium here; set CHROMIUM to one.");
        executable.Should().NotBeNull("CI installs Chromium");
        await HandoutTests.WriteAsync(_workspace.Folder);

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = executable, Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
        var page = await browser.NewPageAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.GotoAsync(new Uri(_workspace["01-first.html"]).AbsoluteUri);
        var dark = await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
        var shown = await page.EvaluateAsync<int>("document.querySelector('#cell-long pre.stream').clientHeight");
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        var paper = await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
        var printed = await page.EvaluateAsync<int>("document.querySelector('#cell-long pre.stream').clientHeight");

        dark.Should().NotBe("rgb(255, 255, 255)");
        paper.Should().Be("rgb(255, 255, 255)");
        printed.Should().BeGreaterThan(3 * shown, "300 lines scroll on a screen and are whole on paper");
    }

    internal static string? FindBrowser()
    {
        if (Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } chosen) return chosen;
        var names = OperatingSystem.IsWindows() ? new[] { "chrome.exe", "msedge.exe" } : ["chromium", "chromium-browser", "google-chrome"];
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.SelectMany(folder => names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }
}
