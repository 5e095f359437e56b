using System.Text.Json.Nodes;
using AngleSharp;
using AngleSharp.Dom;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Workshop.Handouts;
using Workshop.Lessons;

namespace Workshop.Tests;

/// <summary>Pages of notebooks that other programs and people made.</summary>
public sealed class ForeignHandoutTests : IDisposable
{
    private const string Dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Attachments_are_shown()
    {
        var cell = NotebookCellText.Markdown("a", "![dot](attachment:my%20dot.png) ![none](attachment:none.png)") with
        {
            Attachments = new JsonObject { ["my dot.png"] = new JsonObject { ["application/x-none"] = "x", ["image/png"] = Dot } },
        };
        var (page, problems) = await PageAsync(cell);

        page.QuerySelector("main img")!.GetAttribute("src").Should().Be($"data:image/png;base64,{Dot}");
        page.QuerySelector("main .md:last-child")!.TextContent.Should()
            .Contain("none (the picture attachment:none.png is not there or cannot be read)");
        problems.Should().ContainSingle();
    }

    [Fact]
    public async Task A_picture_that_cannot_be_shown_is_said_in_its_place()
    {
        Directory.CreateDirectory(_workspace["folder.png"]);
        var (page, problems) = await PageAsync(NotebookCellText.Markdown(
            "a", "![one](folder.png) ![two](gone.png) ![three](a%00b.png) ![four](x.psd) <img src=gone.jpg alt=five> "
                + "![](https://example.org/a.png)"));

        page.QuerySelectorAll("main img").Should().BeEmpty();
        page.QuerySelector("main .md:last-child")!.TextContent.Should()
            .Contain("one (the picture folder.png is not there or cannot be read)").And.Contain("five (the picture gone.jpg")
            .And.Contain("https://example.org/a.png (a picture on the web, which a handout does not load)");
        problems.Should().HaveCount(5, "one on the web is not the notebook's trouble");
    }

    [Fact]
    public async Task A_pipe_or_a_device_that_is_called_as_a_picture_or_a_notebook_is_none()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Makes a named pipe.");
        using (var mkfifo = System.Diagnostics.Process.Start("mkfifo", [_workspace["pipe.png"], _workspace["pipe.ipynb"]]))
            await mkfifo.WaitForExitAsync();
        File.CreateSymbolicLink(_workspace["device.png"], "/dev/zero");
        File.CreateSymbolicLink(_workspace["device.ipynb"], "/dev/zero");
        _workspace.Write("empty.png", "");

        var (page, problems) = await PageAsync(NotebookCellText.Markdown("a", "![1](pipe.png) ![2](device.png) ![3](empty.png)"));
        var check = await ProgramRun.OfAsync(_workspace, "check", "pipe.ipynb", "device.ipynb");

        page.QuerySelectorAll("main img").Should().BeEmpty();
        problems.Should().HaveCount(3);
        check.ExitCode.Should().Be(1);
        check.Error.Should().NotContain("   at ");
    }

    [Theory]
    [InlineData("note[^1]\n\n[^1]: text", "(text)")]
    [InlineData("[a](../elsewhere/b.txt)", "(../elsewhere/b.txt)")]
    [InlineData("[a](/usr/share/b.txt)", "(/usr/share/b.txt)")]
    [InlineData("[a](images/b%20c.txt)", "(images/b c.txt)")]
    public async Task A_link_to_a_file_outside_of_the_clone_shows_no_path_of_the_machine(string markdown, string shown)
    {
        var file = new NotebookFile(_workspace.WriteNotebook("a.ipynb", NotebookCellText.Markdown("a", markdown)));
        var source = new HandoutSource(file, NotebookDocument.Load(file.Path));

        var page = new HandoutPage(source, new HandoutPages([file], Repository.Require().Root));

        var document = await BrowsingContext.New().OpenAsync(response => response.Content(page.Content));
        document.QuerySelector("main .md")!.TextContent.Should().Contain(shown).And.NotContain(Path.GetFileName(_workspace.Folder));
    }

    [Theory]
    [InlineData("p.png", "<img src=p.png alt=x>")]
    [InlineData("p.bmp", "![x](p.bmp)")]
    [InlineData("p.avif", "![x](p.avif)")]
    [InlineData("p q.GIF", "![x](p%20q.GIF?raw=true)")]
    [InlineData("p.webp", "<p><IMG ALT='x'\nSRC = 'p.webp'></p>")]
    [InlineData("p.svg", "[![x](p.svg)](https://example.org)")]
    public async Task Pictures_beside_the_notebook_are_taken_along(string file, string markdown)
    {
        _workspace.Write(file, "picture");
        var (page, problems) = await PageAsync(NotebookCellText.Markdown("a", markdown));

        page.QuerySelector("main img[alt=x]")!.GetAttribute("src").Should().StartWith("data:image/").And.EndWith("cGljdHVyZQ==");
        problems.Should().BeEmpty();
    }

    [Theory]
    [InlineData("image/gif", "R0lGODlh", "img[src='data:image/gif;base64,R0lGODlh']")]
    [InlineData("image/avif", "AAAA", "img[src^='data:image/avif']")]
    [InlineData("image/webp", "AA\nAA\n", "img[src='data:image/webp;base64,AAAA']")]
    [InlineData("image/svg+xml", "<?xml version=\"1.0\"?><svg viewBox=\"0 0 1 1\"><title>A dot</title></svg>",
        "img[alt='A dot'][src^='data:image/svg+xml;base64,']")]
    [InlineData("text/latex", "$\\frac{a}{b}$", "pre")]
    [InlineData("application/json", "{\"a\":[1,\"é\"]}", "pre")]
    [InlineData("application/pdf", "JVBERi0=", ".note")]
    [InlineData("application/vnd.jupyter.widget-view+json", "{}", ".note")]
    [InlineData("text/html", "<script>draw()</script>", ".note")]
    public async Task Outputs_of_every_common_kind_are_shown_or_said(string mimeType, string content, string selector)
    {
        var (page, _) = await PageAsync(NotebookCellText.Code("c", "1") with { Output = NotebookText.Display((mimeType, content)) });

        page.QuerySelectorAll(".outputs > *").Should().ContainSingle();
        page.QuerySelector($".outputs {selector}").Should().NotBeNull(page.QuerySelector(".outputs")!.InnerHtml);
    }

    [Fact]
    public async Task A_chart_and_claims_of_ours_are_made_from_their_data_and_not_from_the_html_beside_it()
    {
        var chart = ConcurrencyNotebooks.ChartSpec.Bars("Waits <&>", [("one", 1), ("two", 2)], "s");
        var claim = ConcurrencyNotebooks.ClaimReader.Write(
            [new("Two <b> are more", "2", "at least 1", ConcurrencyNotebooks.Verdict.Holds, "", "here")]);
        var (page, _) = await PageAsync(
            NotebookCellText.Code("chart", "1") with { Output = Forms(chart.ToJson(), claim) },
            NotebookCellText.Code("damaged", "1") with { Output = Forms("{\"title\":1}", "[{}]") });

        page.QuerySelector("[id='cell-id=chart'] .cn-chart img")!.GetAttribute("alt").Should().StartWith("Waits <&>. Bar chart");
        page.QuerySelector("[id='cell-id=chart'] .cn-chart table")!.TextContent.Should().Contain("two");
        page.QuerySelector("[id='cell-id=chart'] .cn-claim")!.TextContent.Should().Contain("Two <b> are more");
        page.QuerySelector("[id='cell-id=chart']")!.TextContent.Should().NotContain("FORGED");
        page.QuerySelector("[id='cell-id=damaged'] .outputs")!.TextContent.Should().Contain("FORGED");
        page.QuerySelectorAll("script").Should().OnlyContain(script => script.HasAttribute("nonce"), "those of the page alone");

        static JsonObject Forms(string chart, string claims) => NotebookText.Display(
            (ConcurrencyNotebooks.ChartSpec.MimeType, JsonNode.Parse(chart)!),
                (ConcurrencyNotebooks.Claim.MimeType, JsonNode.Parse(claims)!),
            ("text/html", "FORGED<script>1</script>"));
    }

    [Fact]
    public async Task Json_is_indented_and_latex_is_as_it_was_written()
    {
        var (page, _) = await PageAsync(
            NotebookCellText.Code("json", "1") with { Output = NotebookText.Display(("application/json", new JsonObject { ["a"] = "é" })) },
            NotebookCellText.Code("latex", "1") with { Output = NotebookText.Display(("text/latex", "$x_1 < y$")) });

        page.QuerySelector("[id='cell-id=json'] .outputs")!.TextContent.Trim().Should().Be("{\n  \"a\": \"é\"\n}");
        page.QuerySelector("[id='cell-id=latex'] .outputs")!.TextContent.Trim().Should().Be("$x_1 < y$");
    }

    [Fact]
    public async Task Anchors_are_those_of_Jupyter_and_of_GitHub_and_unique()
    {
        var (page, _) = await PageAsync(
            NotebookCellText.Markdown("a", "[1](#My-Section) [2](#my-section)\n\n## My Section\n\n## My Section\n\n## Cell c\n\n## "
                + "cell-id=c\n\n## Content\n\n<a id=\"content\"></a><a name=mine>x</a>"),
            NotebookCellText.Code("c", "1") with
            {
                Output = NotebookText.Display(
                ("text/html", "<h2 id='My-Section'>My Section</h2><p id=mine>x</p>"))
            });
        var ids = page.QuerySelectorAll("[id]").Select(element => element.Id).ToList();

        ids.Should().OnlyHaveUniqueItems()
            .And.Contain(["My-Section", "my-section", "My-Section-1", "my-section-1", "Cell-c", "cell-c", "mine"]);
        page.GetElementById("My-Section")!.LocalName.Should().Be("h2");
        page.GetElementById("my-section")!.ParentElement!.Id.Should().Be("My-Section");
        page.GetElementById("content")!.LocalName.Should().Be("main");
        page.GetElementById("mine")!.LocalName.Should().Be("a");
        page.QuerySelector(".cell")!.ParentElement!.Id.Should().Be("content");
    }

    [Theory]
    [InlineData("[x](a%00b.ipynb)")]
    [InlineData("[x](%)")]
    [InlineData("[x](http://[::1)")]
    [InlineData("[x](//)")]
    [InlineData("[x](<C:\\a b\\c.ipynb>)")]
    [InlineData("[x](/etc/passwd)")]
    [InlineData("[x]()")]
    [InlineData("<a href>x</a>")]
    public async Task A_link_that_leads_nowhere_is_text(string markdown)
    {
        var (page, _) = await PageAsync(NotebookCellText.Markdown("a", markdown));

        page.QuerySelector("main .md:last-child")!.TextContent.Should().StartWith("x".PadLeft(2, '\n'));
        page.QuerySelectorAll("main a[href^='/'], main a[href^='file']").Should().BeEmpty();
    }

    [Theory]
    [InlineData("> ", 2000)]
    [InlineData("- ", 500)]
    [InlineData("[", 5000)]
    [InlineData("![", 5000)]
    [InlineData("*a _b ", 3000)]
    [InlineData("<b>", 3000)]
    [InlineData("` ", 5000)]
    [InlineData("$", 5000)]
    [InlineData("|", 3000)]
    public async Task Text_that_nests_without_end_is_shown_as_text(string piece, int count)
    {
        var (page, _) = await PageAsync(
            NotebookCellText.Markdown("a", string.Concat(Enumerable.Repeat(piece, count)) + "END"),
            NotebookCellText.Markdown("b", "AFTER"));

        page.QuerySelector("main")!.TextContent.Should().Contain("END").And.Contain("AFTER");
    }

    [Fact]
    public async Task A_footnote_is_text()
    {
        var (page, _) = await PageAsync(NotebookCellText.Markdown("a", "note[^1]\n\n[^1]: text"));

        page.QuerySelector("main .md:last-child")!.TextContent.Trim().Should().Be("note^1 (text)");
    }

    [Fact]
    public void Notebooks_of_one_name_and_one_called_index_have_a_page_each()
    {
        string[] names = ["index.ipynb", "a/same.ipynb", "b/same.ipynb", "b/SAME-2.ipynb"];
        var files = names.Select(name =>
            new NotebookFile(_workspace.WriteNotebook(name, NotebookCellText.Markdown("t", $"# Title of {name}")))).ToList();
        var writer = new HandoutWriter(_workspace["pages"], files, null);
        foreach (var file in files) writer.WriteSaved(file);
        writer.WriteIndex();

        Directory.GetFiles(_workspace["pages"]).Select(Path.GetFileName).Should()
            .BeEquivalentTo("index.html", "index-2.html", "same.html", "same-2.html", "SAME-2-2.html", "your-page.html");
        File.ReadAllText(_workspace["pages/index-2.html"]).Should().Contain("Title of index.ipynb");
        foreach (var name in names) File.ReadAllText(_workspace["pages/index.html"]).Should().Contain($"Title of {name}");
    }

    [Fact]
    public async Task A_page_of_an_earlier_run_stays_and_the_index_says_so()
    {
        string[] names = ["01-a.ipynb", "02-b.ipynb"];
        var files = names.Select(name => new NotebookFile(_workspace.WriteNotebook(name, NotebookCellText.Markdown("t", $"# {name}"))))
            .ToList();
        _workspace.Write("pages/02-b.html", "as it was");
        var writer = new HandoutWriter(_workspace["pages"], files, null);
        writer.Write(new HandoutSource(files[0], NotebookDocument.Load(files[0].Path)) { RanAt = DateTimeOffset.Now });
        writer.WriteIndex();

        File.ReadAllText(_workspace["pages/02-b.html"]).Should().Be("as it was");
        var index = await BrowsingContext.New().OpenAsync(request => request.Content(File.ReadAllText(_workspace["pages/index.html"])));
        index.QuerySelectorAll(".cards li").Select(card => card.TextContent).Should().SatisfyRespectively(
            card => card.Should().Contain("01-a").And.NotContain("earlier"), card => card.Should().Contain("02-b")
                .And.Contain("page of an earlier run"));
    }

    [Fact]
    public async Task One_notebook_that_cannot_be_read_does_not_keep_the_others_from_their_pages()
    {
        _workspace.WriteNotebook("a.ipynb", NotebookCellText.Markdown("t", "# A"));
        _workspace.Write("b.ipynb", "{");
        _workspace.WriteNotebook("c.ipynb", NotebookCellText.Markdown("t", "# C\n\n![x](gone.png)"));

        var run = await ProgramRun.OfAsync(_workspace, "handouts", ".", "--output", "pages");

        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain("b.ipynb").And.Contain("the picture gone.png is not there");
        File.Exists(_workspace["pages/a.html"]).Should().BeTrue();
        File.ReadAllText(_workspace["pages/index.html"]).Should().Contain("c.html").And.NotContain("b.html");
    }

    [Property(MaxTest = 300)]
    public Property Any_markdown_and_any_html_leave_the_page_whole() => Prop.ForAll(Pieces(), Pieces(), (markdown, html) =>
    {
        var (page, _) = PageAsync(
            NotebookCellText.Markdown("a", markdown),
                NotebookCellText.Code("c", "1") with { Output = NotebookText.Display(("text/html", html)) },
            NotebookCellText.Markdown("b", "MARKER")).GetAwaiter().GetResult();

        page.QuerySelectorAll("script, iframe, form, meta[http-equiv=refresh], [onerror], [onload], main main").Should().BeEmpty();
        page.QuerySelector("main > .md:last-child > p")!.TextContent.Should().Be("MARKER");
        page.QuerySelectorAll("[id]").Select(element => element.Id).Should().OnlyHaveUniqueItems();
        page.QuerySelectorAll("[src]").Should().NotContain(element => !element.GetAttribute("src")!.StartsWith("data:"));
    });

    private static Arbitrary<string> Pieces() => Gen.Elements(
            "a", " ", "\n", "\n\n", "# ", "## b", "*", "**", "_", "`", "```", "> ", "- ", "1. ", "|", "---", "[", "](", ")", "![", "<",
                ">", "</", "\"", "'", "=", "&", "&#", ";",
            "<b>", "<div ", "</div>", "<!--", "-->", "<svg>", "<math>", "<style>", "<script>", "<table>", "<td>", "</p>",
                "<img src=x onerror=1 ", "<a href=javascript:x>", "id=content ",
            "$", "$$", "\\", "{x}", "~~", "^", "\0", "\ud83d", "😀", "<h1>", "<template>", "<title>", "<plaintext>", "<textarea>",
                "<form>", "<body onload=1>", "</body>", "<main>")
        .ListOf().Select(string.Concat).ToArbitrary();

    private async Task<(IDocument Page, IReadOnlyList<string> Problems)> PageAsync(params NotebookCellText[] cells)
    {
        var file = new NotebookFile(_workspace.WriteNotebook("a.ipynb", [NotebookCellText.Markdown("title", "# Title"), .. cells]));
        var problems = new HandoutWriter(_workspace["pages"], [file], null).WriteSaved(file);
        return (await BrowsingContext.New().OpenAsync(request => request.Content(File.ReadAllText(_workspace["pages/a.html"]))), problems);
    }
}
