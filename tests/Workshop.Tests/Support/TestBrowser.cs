using Microsoft.Playwright;

namespace Workshop.Tests;

/// <summary>Chromium, without a window and without requests of its own.</summary>
public static class TestBrowser
{
    /// <summary>Starts it; skips the test where there is none, except in CI.</summary>
    public static async Task<IBrowser> StartAsync(IPlaywright playwright)
    {
        var executable = Find();
        Assert.SkipWhen(executable is null && Environment.GetEnvironmentVariable("CI") != "true",
            "There is no Chromium here; set CHROMIUM to one.");
        executable.Should().NotBeNull("CI installs Chromium");
        return await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = executable,
            Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync"],
        });
    }

    /// <summary>An empty page of this width that lets axe look at it, whatever the policy of what it shows.</summary>
    public static async Task<IPage> NewPageForAxeAsync(IBrowser browser, int width, ColorScheme scheme)
    {
        var context = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = scheme,
            BypassCSP = true,
        });
        return await context.NewPageAsync();
    }

    /// <summary>The program; null where there is none.</summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } chosen) return chosen;
        var names = OperatingSystem.IsWindows() ? new[] { "chrome.exe", "msedge.exe" } : ["chromium", "chromium-browser", "google-chrome"];
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.SelectMany(folder => names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }
}
