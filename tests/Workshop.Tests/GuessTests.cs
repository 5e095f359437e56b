using ConcurrencyNotebooks;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Workshop.Handouts;
using Workshop.Lessons;

namespace Workshop.Tests;

/// <summary>Guesses in a real browser: kept from page to page, beside what was measured, and harmless.</summary>
public sealed class GuessTests : IDisposable
{
    private const string Hostile = "<img src=x onerror=\"document.title='RAN'\">";

    private readonly Workspace _workspace = new();

    public GuessTests()
    {
        var chart = ChartSpec.Bars(
            "Waits", [new("four threads", 0.1, Guess: 0.15), new("in sequence: 4× as long", 0.4, Guess: 4)], new ChartAxis("time", "s"));
        var claim = new Claim("Threads let waits overlap", "4×", "at least 2.5", Verdict.Holds, "", "Test CPU");
        var other = claim with { Statement = "Something else holds", Verdict = Verdict.Fails };
        _workspace.WriteNotebook("notebooks/01-waits.ipynb",
            NotebookCellText.Markdown("a\"><b id=x>", "# Waits\n\n## Four\n\n**Predict.** How long do `four` waits <i>take</i>?"),
            NotebookCellText.Code("c", "1") with
            {
                Output = NotebookText.Display((ChartSpec.MimeType, chart.ToJson()), (Claim.MimeType, ClaimReader.Write([claim]))),
            },
            NotebookCellText.Markdown("t", "## Other\n\nNo question."),
            NotebookCellText.Code("d", "1") with { Output = NotebookText.Display((Claim.MimeType, ClaimReader.Write([other]))) });
        _workspace.WriteNotebook("notebooks/02-more.ipynb", NotebookCellText.Markdown("q", "# More\n\n**Predict.** And now?"));
        _workspace.Write("notebooks/GLOSSARY.md",
            "# Glossary\n\n### race\n\nSee [waits](01-waits.ipynb#Four), <script>document.title='RAN'</script>.\n");
        Write(_workspace["pages"]);
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_guess_made_in_a_lesson_stands_on_the_learners_page_and_after_a_reload()
    {
        await using var browser = await TestBrowser.StartAsync();
        var page = await browser.NewPageAsync();

        await page.GotoAsync(Address("01-waits.html"));
        await page.Locator("textarea").FillAsync(Hostile);
        await page.GotoAsync(Address("your-page.html"));
        var guess = await page.Locator("textarea").First.InputValueAsync();
        await page.GetByLabel("I was near").First.CheckAsync();
        await page.ReloadAsync();
        var isNear = await page.GetByLabel("I was near").First.IsCheckedAsync();
        var score = await page.Locator("[data-score]").TextContentAsync();
        await page.Locator("textarea").First.FillAsync("");
        await page.GotoAsync(Address("01-waits.html"));

        guess.Should().Be(Hostile);
        isNear.Should().BeTrue();
        score.Should().Be("1 of 2 guesses written, 1 of them near.");
        (await page.Locator("textarea").InputValueAsync()).Should().BeEmpty("it was taken back");
        (await page.TitleAsync()).Should().NotBe("RAN");
    }

    [Fact]
    public async Task The_learners_page_has_each_question_with_its_claims_and_the_guesses_of_the_charts()
    {
        await using var browser = await TestBrowser.StartAsync();
        var page = await browser.NewPageAsync(new() { JavaScriptEnabled = false });
        await page.GotoAsync(Address("your-page.html"));

        (await page.Locator(".question").AllTextContentsAsync()).Should()
            .Equal("How long do four waits take?", "Also measured in this lesson", "And now?");
        var asked = await page.Locator(".prediction").AllTextContentsAsync();
        asked[0].Should().Contain("✔ holds").And.Contain("Threads let waits overlap").And.NotContain("Something else holds");
        asked[1].Should().Contain("✘ does not hold").And.Contain("Something else holds");
        (await page.Locator("main").TextContentAsync()).Should().Contain("1 of 2 guesses in the charts were within a factor of two.")
            .And.Contain("Waits: in sequence");
        (await page.Locator("textarea").First.IsVisibleAsync()).Should().BeTrue("without scripts there is a line to write on");
        (await page.Locator("[data-score]").IsVisibleAsync()).Should().BeFalse();
        (await page.Locator("b").CountAsync()).Should().Be(0, "a cell's id is no HTML");
    }

    [Theory]
    [InlineData(400, ColorScheme.Light)]
    [InlineData(1200, ColorScheme.Dark)]
    public async Task Axe_finds_nothing_to_complain_about(int width, ColorScheme scheme)
    {
        await using var browser = await TestBrowser.StartAsync();
        var page = await browser.NewPageForAxeAsync(width, scheme);
        foreach (var name in new[] { "01-waits.html", "your-page.html", "glossary.html", "index.html", "slides.html" })
        {
            await page.GotoAsync(Address(name));

            var result = await page.RunAxe();

            result.Violations.Select(found => $"{name}: {found.Id}: {found.Help}: {found.Nodes[0].Html}").Should().BeEmpty();
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).Should().BeLessThanOrEqualTo(width, name);
            (await page.TitleAsync()).Should().NotBe("RAN");
        }
    }

    [Fact]
    public async Task A_text_beside_the_lessons_is_a_page_with_links_both_ways()
    {
        _workspace.WriteNotebook("notebooks/02-more.ipynb", NotebookCellText.Markdown("q", "# More\n\nA [race](GLOSSARY.md#race)."));
        Write(_workspace["again"]);

        var lesson = await File.ReadAllTextAsync(_workspace["again/02-more.html"], TestContext.Current.CancellationToken);
        var glossary = await File.ReadAllTextAsync(_workspace["again/glossary.html"], TestContext.Current.CancellationToken);

        lesson.Should().Contain("<a href=\"glossary.html#race\">race</a>").And.Contain("rel=\"next\" href=\"your-page.html\"");
        glossary.Should().Contain("id=\"race\"").And.Contain("<a href=\"01-waits.html#Four\">waits</a>").And.NotContain("<script");
    }

    private string Address(string name) => new Uri(_workspace[$"pages/{name}"]).AbsoluteUri;

    private void Write(string folder)
    {
        var files = NotebookFiles.Lessons(_workspace["notebooks"]);
        var writer = new HandoutWriter(folder, files, null);
        foreach (var file in files) writer.WriteSaved(file);
        writer.WriteIndex();
        File.WriteAllText(Path.Combine(folder, "slides.html"), SlideDeck.ToHtml(files));
    }
}
