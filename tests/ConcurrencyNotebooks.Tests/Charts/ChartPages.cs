using Microsoft.Playwright;

namespace ConcurrencyNotebooks.Tests;

/// <summary>Pages with charts, opened in a browser.</summary>
internal static class ChartPages
{
    extension(TestBrowser browser)
    {
        /// <summary>A page that may load plotly.js from where the charts load it, and nothing else from anywhere.</summary>
        /// <param name="page">The page's HTML.</param>
        /// <param name="plotly">What is there; null where nothing can be reached.</param>
        /// <param name="scripts">Whether scripts run.</param>
        /// <param name="scheme">Whether the system is dark.</param>
        /// <param name="width">How wide the window is.</param>
        /// <param name="delay">How long plotly.js takes to come.</param>
        public async Task<IPage> OpenAsync(
            string page, string? plotly, bool scripts = true, ColorScheme scheme = ColorScheme.Light, int width = 1000,
            TimeSpan delay = default)
        {
            var context = await browser.NewContextAsync(new()
            {
                ViewportSize = new() { Width = width, Height = 900 },
                ColorScheme = scheme,
                JavaScriptEnabled = scripts,
            });
            await context.RouteAsync("**/*", route => route.AbortAsync());
            await context.RouteAsync(
                "http://notebook/", route => route.FulfillAsync(new() { ContentType = "text/html; charset=utf-8", Body = page }));
            if (plotly is not null)
            {
                await context.RouteAsync(ChartHtml.Address, async route =>
                {
                    await Task.Delay(delay);
                    await route.FulfillAsync(new()
                    {
                        ContentType = "text/javascript; charset=utf-8",
                        Body = plotly,
                        Headers = new Dictionary<string, string> { ["Access-Control-Allow-Origin"] = "*" },
                    });
                });
            }

            var opened = await context.NewPageAsync();
            await opened.GotoAsync("http://notebook/");
            return opened;
        }

        public async Task<IPage> OpenAsync(string body, int width, ColorScheme scheme)
        {
            var page = await browser.NewPageAsync(
                new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme, Offline = true });
            await page.SetContentAsync(
                $"<!doctype html><meta charset=utf-8><meta name=viewport content='width=device-width'><body>{body}");
            return page;
        }
    }
}
