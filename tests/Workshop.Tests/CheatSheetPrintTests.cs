using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Workshop.Handouts;
using Workshop.Lessons;

namespace Workshop.Tests;

/// <summary>The repository's cheat sheet, printed.</summary>
public sealed class CheatSheetPrintTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task It_fits_on_one_sheet_of_A4()
    {
        var notebooks = Repository.Require().Notebooks;
        var pages = new HandoutPages(NotebookFiles.Lessons(notebooks), null);
        var html = pages.Texts.Single(text => text.Name == "cheatsheet").ToHtml(pages);
        await using var browser = await TestBrowser.StartAsync();
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 718, Height = 1000 } });
        await page.GotoAsync(new Uri(_workspace.Write("sheet.html", html)).AbsoluteUri);

        var pdf = await page.PdfAsync(new() { PreferCSSPageSize = true });
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        var wrapped = await page.EvaluateAsync<string[]>(
            """
            [...document.querySelectorAll('pre > code')].filter(code =>
              code.getBoundingClientRect().height > parseFloat(getComputedStyle(code).lineHeight)
                * (code.textContent.trimEnd().split('\n').length + 0.5)).map(code => code.textContent)
            """);

        CountPages(pdf).Should().Be(1);
        wrapped.Should().BeEmpty("each line of code is short enough for its column");
    }

    /// <summary>The pages of a PDF, by the count in its tree of pages.</summary>
    internal static int CountPages(byte[] pdf) =>
        Regex.Count(Encoding.Latin1.GetString(pdf), @"/Type\s*/Page\b(?!s)");
}
