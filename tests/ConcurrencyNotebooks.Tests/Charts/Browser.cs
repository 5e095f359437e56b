using Microsoft.Playwright;

namespace ConcurrencyNotebooks.Tests;

/// <summary>
/// A Chromium of this machine, which is not downloaded; a test without one is skipped, except in CI, where that is a failure.
/// </summary>
internal sealed class Browser(IPlaywright playwright, IBrowser browser) : IAsyncDisposable
{
    private static readonly string[] Names =
        ["chromium", "chromium-browser", "google-chrome", "chrome", "msedge", "chrome.exe", "msedge.exe"];

    // Windows and macOS do not put their browsers on PATH.
    private static readonly string[] UsualPlaces =
    [
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "Google", "Chrome", "Application", "chrome.exe"),
        Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.ProgramFilesX86), "Microsoft", "Edge", "Application", "msedge.exe"),
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ];

    public static async Task<Browser> StartAsync()
    {
        var program = Find();
        if (Environment.GetEnvironmentVariable("CI") != "true")
            Assert.SkipWhen(program is null, "No Chromium on PATH; name one in the environment variable CHROMIUM to run this.");
        program.Should().NotBeNull("in CI the browser is installed: put chromium on PATH or name it in CHROMIUM");

        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = program,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync",
            ],
        });
        return new(playwright, browser);
    }

    /// <summary>A page that may load plotly.js from where the charts load it, and nothing else from anywhere.</summary>
    /// <param name="page">The page's HTML.</param>
    /// <param name="plotly">What is there; null where nothing can be reached.</param>
    /// <param name="scripts">Whether scripts run.</param>
    /// <param name="scheme">Whether the system is dark.</param>
    /// <param name="width">How wide the window is.</param>
    public async Task<IPage> OpenAsync(
        string page, string? plotly, bool scripts = true, ColorScheme scheme = ColorScheme.Light, int width = 1000)
    {
        var context = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = scheme,
            JavaScriptEnabled = scripts,
        });
        await context.RouteAsync("**/*", route => route.Request.Url switch
        {
            "http://notebook/" => route.FulfillAsync(new() { ContentType = "text/html; charset=utf-8", Body = page }),
            ChartHtml.Address when plotly is not null => route.FulfillAsync(new()
            {
                ContentType = "text/javascript; charset=utf-8",
                Body = plotly,
                Headers = new Dictionary<string, string> { ["Access-Control-Allow-Origin"] = "*" },
            }),
            _ => route.AbortAsync(),
        });
        var opened = await context.NewPageAsync();
        await opened.GotoAsync("http://notebook/");
        return opened;
    }

    public async Task<IPage> OpenAsync(string body, int width, ColorScheme scheme)
    {
        var page = await browser.NewPageAsync(
            new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme, Offline = true });
        await page.SetContentAsync($"<!doctype html><meta charset=utf-8><meta name=viewport content='width=device-width'><body>{body}");
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named) return named;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).Concat(UsualPlaces)
            .FirstOrDefault(File.Exists);
    }
}
