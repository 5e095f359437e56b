using Microsoft.Playwright;

namespace BrowserTesting;

/// <summary>
/// The Chromium of this machine, which is not downloaded, without a window and without requests of its own. A test without one is
/// skipped, except in CI, where that is a failure.
/// </summary>
internal sealed class TestBrowser(IPlaywright playwright, IBrowser browser) : IAsyncDisposable
{
    // In milliseconds: this ends a test that hangs, and fails none that is slow because all the others run beside it.
    private const float Patience = 300_000;

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

    /// <summary>Skips the test where there is no browser; fails in CI.</summary>
    public static string Require()
    {
        var program = Find();
        if (Environment.GetEnvironmentVariable("CI") != "true")
            Assert.SkipWhen(program is null, "No Chromium on PATH; name one in the environment variable CHROMIUM to run this.");
        program.Should().NotBeNull("in CI the browser is installed: put chromium on PATH or name it in CHROMIUM");
        return program!;
    }

    public static async Task<TestBrowser> StartAsync()
    {
        var program = Require();
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = program,
            Timeout = Patience,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync",
            ],
        });
        return new(playwright, browser);
    }

    public async Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions? options = null)
    {
        var context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout(Patience);
        return context;
    }

    public async Task<IPage> NewPageAsync(BrowserNewContextOptions? options = null) =>
        await (await NewContextAsync(options)).NewPageAsync();

    /// <summary>An empty page that lets axe look at it, whatever the policy of what it shows.</summary>
    public Task<IPage> NewPageForAxeAsync(int width, ColorScheme scheme) => NewPageAsync(new()
    {
        ViewportSize = new() { Width = width, Height = 900 },
        ColorScheme = scheme,
        BypassCSP = true,
    });

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
