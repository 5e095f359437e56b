using AngleSharp;
using Microsoft.Playwright;
using Workshop.Handouts;
using Workshop.Lessons;

namespace Workshop.Tests;

/// <summary>
/// Pages of notebooks that somebody else wrote, in a real browser: nothing of them runs, nothing is loaded, and the text
/// below them is there.
/// </summary>
public sealed class HostileHandoutTests : IDisposable
{
    private const string Run = "document.title='RAN {n}'";

    /// <summary>What somebody may try; each writes its number into the title where it runs, and asks evil.example where it loads.</summary>
    private static readonly string[] Attempts =
    [
        .. new[] { "<div>", "<b>", "<ul><li>", "<svg>", "<table>", "<div><table><td></div></table>", "> ", "- ", "[", "*a **b ", "<b><p>" }
            .Select(piece => string.Concat(Enumerable.Repeat(piece, 5_000))),
        "<!-- start", "<!--> <!-- - -->", "<![CDATA[", "<?php", "</div></div></main></body></html>", "<div", "<div title=\"",
            "<p><b><i><a><table><td>",
        "<plaintext>", "<xmp>", "<textarea>", "<title>", "<style>", "<style>* { display: none }</style>", "<noscript>", "<template>",
            "<select><option>",
        "<frameset><frame src=https://evil.example/{n}frame></frameset>", "<noframes>", "<noembed>", "<listing>", "<iframe>",
        $"<script>{Run}</script>", $"<SCRIPT>{Run}", $"<script src=https://evil.example/{{n}}x.js></script>",
            $"<scr<script>ipt>{Run}</script>",
        $"<img src=x onerror=\"{Run}\">", $"<img src=x onerror={Run}//", $"<img/src/onerror={Run}>", $"<body onload={Run}>",
        $"<svg onload={Run}></svg>", $"<svg><script>{Run}</script></svg>", $"<svg><style><img src=x onerror={Run}></style></svg>",
        $"<svg><foreignObject><iframe srcdoc='<script>parent.{Run}</script>'></iframe></foreignObject></svg>",
        $"<svg><a xlink:href='javascript:{Run}'><text>x</text></a><image href='https://evil.example/{{n}}svg.png'/><use "
            + $"href='https://evil.example/{{n}}a.svg#x'/></svg>",
        $"<svg></p><style><a id=\"</style><img src=1 onerror={Run}>\">",
            $"<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror={Run}&gt;\">",
        $"<form><math><mtext></form><form><mglyph><style></math><img src onerror={Run}>",
            $"<noscript><p title=\"</noscript><img src=x onerror={Run}>\">",
        $"<details open ontoggle={Run}>x</details>", $"<input autofocus onfocus={Run}>", $"<video><source onerror={Run}></video>",
            $"<marquee onstart={Run}>x</marquee>",
        $"<iframe srcdoc=\"<script>parent.{Run}</script>\"></iframe>", $"<iframe src=\"javascript:parent.{Run}\"></iframe>",
            "<iframe src=https://evil.example/{n}></iframe>",
        $"<object data=\"data:text/html,<script>{Run}</script>\"></object>", "<embed src=https://evil.example/{n}x.swf>",
            $"<a id=click href=\"javascript:{Run}\">x</a>",
        $"<a id=click href=\"java\nscript:{Run}\">x</a>", $"<a id=click href=\" &#1;javascript:{Run}\">x</a>",
            $"<a id=click href=\"data:text/html,<script>{Run}</script>\">x</a>",
        $"<form action=\"javascript:{Run}\"><button id=click>x</button></form>",
            "<form action=https://evil.example/{n}><button id=click>x</button></form>",
        "<meta http-equiv=refresh content=\"0;url=https://evil.example/{n}\">", "<base href=https://evil.example/{n}><img src=pic.png>",
            "<link rel=stylesheet href=https://evil.example/{n}x.css>",
        "<link rel=prefetch href=https://evil.example/{n}>", "<link rel=icon href=https://evil.example/{n}icon.png>",
            "<img src=https://evil.example/{n}p.png>", "<img srcset='https://evil.example/{n}p.png 1x'>",
        "<img src=//evil.example/{n}p.png>", "<picture><source srcset=https://evil.example/{n}p.png><img src=data:,></picture>",
            "<video poster=https://evil.example/{n}p.png src=https://evil.example/{n}v.mp4></video>",
        "<audio src=https://evil.example/{n}a.mp3></audio>",
            "<table background=https://evil.example/{n}p.png><tr><td>x</td></tr></table>",
            "<input type=image src=https://evil.example/{n}p.png>",
        "<div style=\"background:url(https://evil.example/{n}p.png)\">x</div>",
            "<div style=\"background:u\\72l(https://evil.example/{n}p.png)\">x</div>",
        "<div style=\"background-image:image-set('https://evil.example/{n}p.png' 1x)\">x</div>",
            "<ul style=\"list-style:url(https://evil.example/{n}p.png)\"><li>x</ul>",
        "<p style=\"cursor:url(https://evil.example/{n}p.png),auto\">x</p>",
            "<div style=\"--x:url(https://evil.example/{n}p.png);background:var(--x)\">x</div>",
        "<style>@import 'https://evil.example/{n}x.css';</style>", "<style>body{background:url(https://evil.example/{n}p.png)}</style>",
        "<div style=\"position:fixed;inset:0;background:#fff;z-index:9\">over everything</div>",
            "<div style=\"margin-top:-4000px;height:9000px;background:#fff\">over</div>",
        "<div style=\"width:9000px;border:900px solid red\">wide</div>", "<div style=\"display:none\">",
            "<div style=\"transform:scale(99);color:red\">big</div>",
        "<div class=\"skip\" id=\"content\">x</div>", "<h2 id=After>After</h2>",
    ];

    private readonly Workspace _workspace = new();

    public static TheoryData<string> Places => ["text/html", "image/svg+xml", "text/markdown", "markdown"];

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [MemberData(nameof(Places))]
    public async Task What_a_notebook_brings_along_runs_nothing_loads_nothing_and_breaks_nothing(string place)
    {
        var address = WritePage(Attempts.SelectMany(
            (attempt, n) => Cells(place, attempt.Replace("{n}", $"{n}", StringComparison.Ordinal), n)));
        await using var browser = await TestBrowser.StartAsync();

        // Without the policy of the page, which would hide what comes through the gate.
        var page = await browser.NewPageAsync(new() { BypassCSP = true });
        var requests = new List<string>();
        page.Request += (_, request) => requests.Add(request.Url);
        await page.GotoAsync(address);

        // Events of what was parsed, as those of pictures that fail, come before the next frame's end.
        await page.EvaluateAsync("new Promise(done => requestAnimationFrame(() => setTimeout(done)))");
        var missing = await page.EvaluateAsync<int[]>(
            """
            count => [...Array(count).keys()].filter(n => {
              const end = [...document.querySelectorAll('main > .md > p')].find(p => p.textContent === `MARKER-${n}.`);
              if (!end) return true;
              end.scrollIntoView({ block: 'center' });
              const box = end.getBoundingClientRect();
              return document.elementFromPoint(box.left + 20, box.top + box.height / 2) !== end;
            })
            """, Attempts.Length);
        var schemes = await page.EvaluateAsync<string[]>("[...document.links].map(link => link.protocol)");

        (await page.TitleAsync()).Should().StartWith("Title", "nothing of it runs");
        page.Url.Should().Be(address, "the page stays");
        requests.Where(url => url != address && !url.StartsWith("data:", StringComparison.Ordinal)).Should().BeEmpty("nothing is loaded");
        missing.Select(n => Attempts[n]).Should().BeEmpty("the text below each is there, and nothing lies over it");
        schemes.Distinct().Should().BeSubsetOf(["file:", "https:"], "a link opens a page, and runs nothing");
        (await page.EvaluateAsync<int>("document.querySelectorAll('main').length + document.querySelectorAll('[id=content]').length"))
            .Should().Be(2);
    }

    [Fact]
    public async Task A_chart_becomes_a_figure_and_its_words_run_nothing()
    {
        const string Evil = "</title></svg>\"'><img src=https://evil.example/x.png "
            + "onerror=\"document.title='RAN'\"><script>document.title='RAN'</script>";
        const string Foreign =
            """
            <div class="cn-chart"
                 data-figure='{"data":[],"layout":{"images":[{"source":"https://evil.example/fig.png","sizex":1,"sizey":1}]}}'>
            <i></i></div>
            """;
        var chart = ConcurrencyNotebooks.ChartSpec.Bars(Evil, [(Evil, 1), ("b", 2)], Evil, Evil, subtitle: Evil);
        var address = WritePage(
            [.. Cells(ConcurrencyNotebooks.ChartSpec.MimeType, chart.ToJson(), 0), .. Cells("text/html", Foreign, 1)]);
        await using var browser = await TestBrowser.StartAsync();
        var page = await browser.NewPageAsync(new() { BypassCSP = true });
        var requests = new List<string>();
        page.Request += (_, request) => requests.Add(request.Url);

        await page.GotoAsync(address);
        await page.WaitForSelectorAsync(".cn-figure .main-svg");

        (await page.TitleAsync()).Should().StartWith("Title");
        (await page.QuerySelectorAllAsync(".cn-figure")).Should().ContainSingle("the other one is not ours");
        requests.Where(url => !url.StartsWith("data:", StringComparison.Ordinal))
            .Should().BeEquivalentTo(address, new Uri(_workspace["pages/plotly.min.js"]).AbsoluteUri);
    }

    [Fact]
    public async Task The_policy_of_a_page_lets_the_figures_be_drawn()
    {
        var chart = ConcurrencyNotebooks.ChartSpec.Bars("Times", [("a", 1), ("b", 2)], "s");
        var address = WritePage(Cells(ConcurrencyNotebooks.ChartSpec.MimeType, chart.ToJson(), 0));
        await using var browser = await TestBrowser.StartAsync();
        var page = await browser.NewPageAsync();

        await page.GotoAsync(address);
        await page.WaitForSelectorAsync(".cn-figure .main-svg");
        var onScreen = await page.IsVisibleAsync(".cn-chart > img");
        await page.EmulateMediaAsync(new() { Media = Media.Print });

        onScreen.Should().BeFalse("the figure is in the picture's place");
        (await page.IsVisibleAsync(".cn-chart > img")).Should().BeTrue("paper shows the picture");
        (await page.IsVisibleAsync(".cn-figure")).Should().BeFalse();
    }

    [Fact]
    public async Task Without_plotly_js_beside_the_page_the_picture_stays()
    {
        var chart = ConcurrencyNotebooks.ChartSpec.Bars("Times", [("a", 1), ("b", 2)], "s");
        var address = WritePage(Cells(ConcurrencyNotebooks.ChartSpec.MimeType, chart.ToJson(), 0));
        File.Delete(_workspace["pages/plotly.min.js"]);
        await using var browser = await TestBrowser.StartAsync();
        var page = await browser.NewPageAsync();

        await page.GotoAsync(address);

        (await page.IsVisibleAsync(".cn-chart > img")).Should().BeTrue();
        (await page.QuerySelectorAllAsync(".cn-figure")).Should().BeEmpty();
    }

    [Fact]
    public async Task The_policy_of_a_page_stops_what_would_come_through_the_gate()
    {
        await using var browser = await TestBrowser.StartAsync();
        var page = await browser.NewPageAsync();
        var requests = new List<string>();
        page.RequestFinished += (_, request) => requests.Add(request.Url);
        var address = WritePage(Cells("text/html", "<p>PLACE</p>", 0));
        var html = File.ReadAllText(_workspace["pages/a.html"]);

        File.WriteAllText(_workspace["pages/a.html"], html.Replace(
            "<p>PLACE</p>", $"<script>{Run}</script><img src=pic.png onerror=\"{Run}\"><iframe src=frame.html></iframe><link "
                + $"rel=stylesheet href=a.css>", StringComparison.Ordinal));
        await page.GotoAsync(address);

        (await page.TitleAsync()).Should().StartWith("Title");
        requests.Should().Equal(address);
    }

    [Fact]
    public async Task What_is_harmless_stays()
    {
        WritePage(Cells("text/html", """
            <h3>Numbers</h3><table border="1" class="dataframe"><thead><tr><th scope="col">a</th></tr></thead>
            <tbody><tr><td style="text-align:right;color:#b91c1c">1</td></tr></tbody></table>
            <p><b>bold</b> <a href="https://example.org/x?a=1&b=2">link</a> <code>x &lt; y</code></p>
            <details><summary>More</summary>hidden words</details>
            <img alt="dot" width="4" src="data:image/png;base64,iVBORw0KGgo=">
            <form>kept <button>words</button></form><audio controls src="data:audio/wav;base64,UklGRg=="></audio>
            """, 0));
        var page = await BrowsingContext.New().OpenAsync(request => request.Content(File.ReadAllText(_workspace["pages/a.html"])));
        var output = page.QuerySelector(".outputs")!;

        output.QuerySelector("td")!.GetAttribute("style").Should().Contain("text-align: right").And.Contain("color");
        output.QuerySelector("a")!.GetAttribute("href").Should().Be("https://example.org/x?a=1&b=2");
        output.QuerySelector("img")!.GetAttribute("src").Should().StartWith("data:image/png");
        output.QuerySelector("details summary")!.TextContent.Should().Be("More");
        output.QuerySelector("audio")!.GetAttribute("src").Should().StartWith("data:audio/wav");
        output.TextContent.Should().Contain("hidden words").And.Contain("kept words").And.Contain("x < y");
        output.QuerySelectorAll("form, button, .note").Should().BeEmpty();
    }

    private static IEnumerable<NotebookCellText> Cells(string place, string attempt, int n) =>
    [
        place == "markdown" ? NotebookCellText.Markdown($"c{n}", attempt) : NotebookCellText.Code(
            $"c{n}", "1") with { Output = NotebookText.Display((place, attempt)) },
        NotebookCellText.Markdown($"end{n}", $"MARKER-{n}."),
    ];

    private string WritePage(IEnumerable<NotebookCellText> cells)
    {
        var file = new NotebookFile(_workspace.WriteNotebook("a.ipynb", [NotebookCellText.Markdown("title", "# Title"), .. cells]));
        new HandoutWriter(_workspace["pages"], [file], null).WriteSaved(file);
        return new Uri(_workspace["pages/a.html"]).AbsoluteUri;
    }
}
