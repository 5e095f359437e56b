using ConcurrencyNotebooks;
using Microsoft.Playwright;
using Workshop.Commands;
using Workshop.Lessons;

namespace Workshop.Tests;

/// <summary>The command <c>slides</c>, and its deck in a real browser.</summary>
public sealed class SlideTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public SlideTests()
    {
        var chart = ChartSpec.Bars("A chart", [("one", 1), ("two", 2)], "s").ToJson();
        var note = NotebookCellText.Markdown("note", "Ask for *hands*. SECRET");
        _workspace.WriteNotebook("01-waits.ipynb",
            NotebookCellText.Markdown("title", "# Waits\n\nThis is [about](02-more.ipynb) waits.\n\n- a goal"),
            NotebookCellText.Markdown("a",
                "## First\n\nFirst words.\n\nSecond words.\n\n**Predict.** How long? <script>document.title='RAN'</script>"),
            NotebookCellText.Code("c", "1") with { Output = NotebookText.Display((ChartSpec.MimeType, chart)) },
            note,
            NotebookCellText.Markdown("b",
                "What was seen.\n\n**Predict.** And how often?\n\n## Exercises\n\n**1.** Do it.\n\n### Part\n\nMore."),
            NotebookCellText.Code("d", "1", "solution") with { Output = NotebookText.Display((ChartSpec.MimeType, chart)) },
            NotebookCellText.Markdown("e", "## What we saw\n\n- It took long.\n\n## Solutions\n\nAll of them."));
        var text = File.ReadAllText(_workspace["01-waits.ipynb"]);
        var place = text.IndexOf("\"metadata\": {}", text.IndexOf("\"note\"", StringComparison.Ordinal), StringComparison.Ordinal);
        _workspace.Write("01-waits.ipynb", text[..place] + "\"metadata\": { \"tags\": [\"instructor\"] }" + text[(place + 14)..]);
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task The_deck_has_headings_predictions_pictures_and_what_was_seen()
    {
        await using var browser = await TestBrowser.StartAsync();
        var page = await OpenAsync(browser);

        var slides = await page.Locator(".slide").EvaluateAllAsync<string[]>(
            "all => all.map(slide => [...slide.children].slice(0, 2)"
            + ".map(part => part.textContent.trim().replace(/\\s+/g, ' ')).join('|'))");

        slides.Should().Equal(
            "Waits|This is about waits.", "First|First words.Predict. How long?", "First|", "First|Predict. And how often?",
            "What we saw|It took long.");
        (await page.Locator(".figure img").CountAsync()).Should().Be(1);
        (await page.Locator(".notes").AllTextContentsAsync()).Select(note => note.Trim()).Should().Equal(
            ["It took long.", "Ask for hands. SECRET", "Ask for hands. SECRET", "Ask for hands. SECRET", "It took long."],
            "without a note for who teaches there is what was seen");
        (await page.Locator("a").CountAsync()).Should().Be(0, "a room cannot follow a link");
        (await page.TitleAsync()).Should().NotBe("RAN");
    }

    [Fact]
    public async Task Keys_turn_the_slides_show_the_notes_and_the_address_keeps_the_place()
    {
        await using var browser = await TestBrowser.StartAsync();
        var page = await OpenAsync(browser);
        var places = new List<string?> { await PlaceAsync() };

        foreach (var key in new[] { "ArrowRight", "PageDown", "ArrowLeft", "End", "ArrowRight", "Home", "ArrowLeft", " " })
        {
            await page.Keyboard.PressAsync(key);
            places.Add(await PlaceAsync());
        }

        places.Should().Equal("1 / 5", "2 / 5", "3 / 5", "2 / 5", "5 / 5", "5 / 5", "1 / 5", "1 / 5", "2 / 5");
        (await page.Locator(".slide:visible").CountAsync()).Should().Be(1);
        (await page.GetByText("SECRET").First.IsVisibleAsync()).Should().BeFalse();
        await page.Keyboard.PressAsync("n");
        (await page.Locator(".slide:visible .notes").IsVisibleAsync()).Should().BeTrue();
        await page.Keyboard.PressAsync("s");
        (await page.Locator(".slide:visible .notes").IsVisibleAsync()).Should().BeFalse();
        await page.ReloadAsync();
        (await PlaceAsync()).Should().Be("2 / 5");

        Task<string?> PlaceAsync() => page.GetByRole(AriaRole.Status).TextContentAsync();
    }

    [Fact]
    public async Task On_paper_each_slide_is_a_page()
    {
        await using var browser = await TestBrowser.StartAsync();
        var page = await OpenAsync(browser);

        var pdf = await page.PdfAsync(new() { PreferCSSPageSize = true, PrintBackground = true });

        CheatSheetPrintTests.CountPages(pdf).Should().Be(5);
    }

    [Fact]
    public async Task A_folder_is_no_file_for_slides()
    {
        var act = () => WorkshopProgram.Create().Parse(["slides", _workspace["01-waits.ipynb"], "--output", _workspace.Folder])
            .InvokeAsync(new() { EnableDefaultExceptionHandler = false }, TestContext.Current.CancellationToken);

        await act.Should().ThrowAsync<InputException>().WithMessage("--output takes a file; * is a folder.");
    }

    private async Task<IPage> OpenAsync(TestBrowser browser)
    {
        var slides = WorkshopProgram.Create().Parse(["slides", _workspace["01-waits.ipynb"], "--output", _workspace["new/deck.html"]]);
        (await slides.InvokeAsync()).Should().Be(0);
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1280, Height = 720 } });
        await page.GotoAsync(new Uri(_workspace["new/deck.html"]).AbsoluteUri);
        return page;
    }
}
