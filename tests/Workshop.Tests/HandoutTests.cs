using AngleSharp;
using AngleSharp.Dom;
using Workshop.Handouts;
using Workshop.Lessons;

namespace Workshop.Tests;

/// <summary>The pages made from the notebooks of Fixtures/, parsed as a browser parses them.</summary>
public sealed class HandoutTests : IAsyncLifetime
{
    private readonly Workspace _workspace = new();
    private IDocument _first = null!; // Opened before each test.
    private IDocument _second = null!;
    private IDocument _japanese = null!;
    private IDocument _index = null!;

    public async ValueTask InitializeAsync()
    {
        Write(_workspace.Folder);
        _first = await OpenAsync("01-first.html");
        _second = await OpenAsync("02-second.html");
        _japanese = await OpenAsync("01-first.ja.html");
        _index = await OpenAsync("index.html");
    }

    public ValueTask DisposeAsync()
    {
        _workspace.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Writes the fixtures' pages into a folder.</summary>
    internal static void Write(string folder)
    {
        var pages = NotebookFiles.Lessons(Workspace.TestFile("Fixtures", "notebooks"));
        var writer = new HandoutWriter(folder, pages, Workspace.TestFile("Fixtures"));
        foreach (var page in pages) writer.WriteSaved(page).Should().BeEmpty("every picture is there");
        writer.WriteIndex();
    }

    [Fact]
    public void A_page_needs_nothing_beside_it()
    {
        foreach (var page in new[] { _first, _second, _japanese, _index })
        {
            page.QuerySelectorAll("script, link[rel=stylesheet], iframe, object, embed").Should().BeEmpty();
            page.QuerySelectorAll("[src]").Select(element => element.GetAttribute("src")).Should()
                .NotContain(url => !url!.StartsWith("data:", StringComparison.Ordinal));
            page.QuerySelectorAll("style").Select(style => style.TextContent).Should()
                .OnlyContain(css => !css.Contains("url(", StringComparison.Ordinal) && !css.Contains("@import", StringComparison.Ordinal));
            page.QuerySelectorAll("a[href]").Select(link => link.GetAttribute("href")!).Should().OnlyContain(
                url => url.StartsWith('#') || url.StartsWith("https://", StringComparison.Ordinal)
                    || File.Exists(_workspace[Uri.UnescapeDataString(url.Split('#')[0])]));
        }
    }

    [Fact]
    public void Headings_make_one_tree_with_one_title()
    {
        foreach (var page in new[] { _first, _second, _japanese, _index })
        {
            var levels = page.QuerySelectorAll("h1, h2, h3, h4, h5, h6").Select(heading => heading.LocalName[1] - '0').ToList();
            levels.Count(level => level == 1).Should().Be(1);
            levels.Zip(levels.Skip(1)).Should().OnlyContain(pair => pair.Second <= pair.First + 1, "no level is skipped");
        }

        _second.QuerySelectorAll("h2").Select(heading => heading.TextContent).Should().Equal("Too deep", "Another title");
    }

    [Fact]
    public void Ids_are_unique_and_the_contents_lead_to_them()
    {
        var ids = _first.QuerySelectorAll("[id]").Select(element => element.Id!).ToList();

        ids.Should().OnlyHaveUniqueItems();
        _first.QuerySelectorAll(".toc a").Select(link => link.GetAttribute("href")![1..]).Should().NotBeEmpty().And.BeSubsetOf(ids);
        _first.QuerySelector(".skip")!.GetAttribute("href").Should().Be("#content");
        _first.QuerySelector("main#content").Should().NotBeNull();
    }

    [Fact]
    public void Pictures_are_inside_and_have_words()
    {
        var images = _first.QuerySelectorAll("img");

        images.Select(image => image.GetAttribute("alt")).Should().HaveCount(3).And.OnlyContain(words => words!.Length > 0);
        images[0].GetAttribute("alt").Should().Be("Three boxes, one for each model");
        images[0].GetAttribute("src").Should().StartWith("data:image/svg+xml;base64,");
    }

    [Fact]
    public void Links_lead_to_pages_and_files_of_the_repository_are_named()
    {
        _first.QuerySelector("a[href='02-second.html#race']").Should().NotBeNull();
        _first.QuerySelectorAll("main a").Should().NotContain(link => link.GetAttribute("href")!.Contains(".cs"));
        _first.QuerySelector("main .path")!.TextContent.Should().Be("(lib/ConcurrencyNotebooks/Threads/FixedThreadPool.cs)");
        _first.QuerySelector("a[rel=next]")!.GetAttribute("href").Should().Be("02-second.html");
        _second.QuerySelector("a[rel=prev]")!.GetAttribute("href").Should().Be("01-first.html");
        _first.QuerySelector("header a[lang=ja]")!.GetAttribute("href").Should().Be("01-first.ja.html");
    }

    [Fact]
    public void Code_is_coloured_by_meaning()
    {
        var code = _first.QuerySelector("[id='cell-id=waits'] code")!;

        Coloured("k").Should().Contain(["record", "var", "new"]);
        Coloured("kc").Should().Contain("foreach");
        Coloured("t").Should().Contain(["Job", "TimeSpan", "Thread", "Console"]);
        Coloured("m").Should().Contain(["Sleep", "WriteLine"]);
        Coloured("c").Should().Contain("// Three workers, a tenth of a second each.");
        code.TextContent.Should().Contain("new Job($\"job {n}\", TimeSpan.FromSeconds(0.1))", "colours change no character");

        IEnumerable<string> Coloured(string name) => code.QuerySelectorAll($".{name}").Select(span => span.TextContent);
    }

    [Fact]
    public void Outputs_are_shown_as_what_they_are()
    {
        _first.QuerySelector("[id='cell-id=waits'] .stream span")!.TextContent.Should().Be("all well");
        _first.QuerySelector("[id='cell-id=waits'] .stream")!.TextContent.Should().Contain("<and> escaped").And.NotContain("\u001b");
        _first.QuerySelector("[id='cell-id=waits'] .stderr")!.TextContent.Should().Be("a warning");
        _first.QuerySelector("[id='cell-id=chart'] .rich img")!.GetAttribute("src").Should().StartWith("data:image/svg+xml;base64,");
        _first.QuerySelector("[id='cell-id=long'] pre.stream")!.TextContent.Should().EndWith("\n299");
        _first.QuerySelector("[id='cell-id=throws'] .error")!.TextContent.Should().Contain("System.InvalidOperationException")
            .And.Contain("as expected");
        _first.QuerySelector("[id='cell-id=picture'] img")!.GetAttribute("src").Should().StartWith("data:image/png;base64,");
        _first.QuerySelector("[id='cell-id=plotly'] .note")!.TextContent.Should().Contain("needs a browser script");
        _first.QuerySelector("[id='cell-id=words'] .outputs strong")!.TextContent.Should().Be("bold");
        _first.QuerySelectorAll("table th").Should().Contain(header => header.TextContent == "In Python");
    }

    [Fact]
    public void Claims_are_listed_with_number_bound_and_verdict()
    {
        var rows = _first.QuerySelectorAll(".claims tbody tr")
            .Select(row => string.Join(" | ", row.Children.Select(cell => cell.TextContent)));

        rows.Should().Equal(
            "✔ holds | Threads hide waiting | 96.4× | at least 20",
            "✘ does not hold | Two threads count twice as fastThe machine was busy. | 1.02× | at least 1.8",
            "– not decided | Processes use both coresThis machine has one core. | 1.9× | at least 1.8");
        _index.QuerySelectorAll(".claims tbody tr").Should().HaveCount(4, "the index has those of all pages");
        _index.Body!.TextContent.Should().Contain("Test CPU, 2 cores").And.Contain("4 claims");
    }

    [Fact]
    public void A_japanese_notebook_gets_a_japanese_page()
    {
        _japanese.DocumentElement.GetAttribute("lang").Should().Be("ja");
        _japanese.QuerySelector(".toc")!.TextContent.Should().Contain("学ぶこと").And.Contain("この実行で確かめたこと");
        _japanese.QuerySelector("a[rel=next]").Should().BeNull("the next lesson has no Japanese edition");
        _index.QuerySelector("section[lang=ja] a")!.TextContent.Should().Be("いっしょに待つ");
    }

    private async Task<IDocument> OpenAsync(string name)
    {
        var html = await File.ReadAllTextAsync(_workspace[name]);
        return await BrowsingContext.New().OpenAsync(request => request.Content(html));
    }
}
