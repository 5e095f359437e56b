using System.Globalization;
using System.Text;
using Workshop.Lessons;
using Claim = ConcurrencyNotebooks.Claim;

namespace Workshop.Handouts;

/// <summary>
/// One notebook as one page that needs nothing beside it: no style sheet, no picture, no network. Its charts become figures where
/// plotly.js lies beside it.
/// </summary>
internal sealed class HandoutPage
{
    /// <summary>How much of the first paragraph the index shows: two or three lines of a card.</summary>
    private const int LeadLength = 240;

    private readonly HandoutSource _source;
    private readonly HandoutPages _pages;
    private readonly HandoutTexts _texts;
    private readonly Pictures _pictures;
    private readonly PageHeadings _headings = new();
    private readonly NotebookHtml _gate;
    private readonly OutputHtml _outputs;

    /// <param name="source">What the page is made from.</param>
    /// <param name="pages">The pages that it links to.</param>
    public HandoutPage(HandoutSource source, HandoutPages pages)
    {
        _source = source;
        _pages = pages;
        _texts = HandoutTexts.For(source.File.Language);
        _pictures = new Pictures(source.File.Directory, _texts);
        _gate = new NotebookHtml(_pictures, _headings, _texts, ResolveLink);
        _outputs = new OutputHtml(_gate, _texts);

        var body = Body();
        Claims = source.IsEarlier ? [] : [.. source.Document.Cells.SelectMany(cell => cell.Claims)];
        Content = Frame(body + ClaimsSection());
    }

    /// <summary>The page's HTML.</summary>
    public string Content { get; }

    /// <summary>What the page was made from.</summary>
    public HandoutSource Source => _source;

    /// <summary>The page's address, as seen from the other pages.</summary>
    public string Url => _pages.UrlOf(_source.File);

    /// <summary>The words around the notebook's own.</summary>
    public HandoutTexts Texts => _texts;

    /// <summary>The notebook's title.</summary>
    public string Title => _headings.Title ?? _source.File.Name;

    /// <summary>The notebook's first paragraph, shortened.</summary>
    public string Lead => Shorten(_gate.Lead ?? "");

    /// <summary>The claims on the page.</summary>
    public IReadOnlyList<Claim> Claims { get; }

    /// <summary>What the claims were measured on.</summary>
    public string? Machine => Claims.Select(claim => claim.Machine).FirstOrDefault(name => name is { Length: > 0 });

    /// <summary>Whether the page uses <see cref="Figures.FileName"/> where it is there.</summary>
    public bool HasFigures => _outputs.HasFigures;

    /// <summary>A sentence for each picture that the notebook wants to show and that the page cannot.</summary>
    public IReadOnlyList<string> PictureProblems => _pictures.Problems;

    private string Body()
    {
        var body = new StringBuilder();
        var codeCells = 0;
        foreach (var cell in _source.Document.Cells)
        {
            if (cell.IsCode) body.Append(Code(cell, ++codeCells));
            if (!cell.IsMarkdown) continue;
            var text = _gate.OfMarkdown(cell.Source, cell.Attachments);
            body.Append(Html.Culture, $"<div class=\"md\">\n{text}</div>\n");
        }

        return body.ToString();
    }

    private string Code(NotebookCell cell, int number)
    {
        var count = cell.ExecutionCount?.ToString(CultureInfo.InvariantCulture) ?? " ";
        var code = cell.Source.Trim().Length == 0
            ? ""
            : $"""
               <pre class="code" tabindex="0" data-count="{count}"><code>{CSharpColours.ToHtml(cell.Source).TrimEnd()}</code></pre>

               """;
        var outputs = _outputs.Render(cell.Outputs);
        if (outputs.Length > 0)
            outputs = $"<div class=\"outputs\" aria-label=\"{_texts.Output} {number}\" role=\"group\">\n{outputs}</div>\n";

        // Named as Jupyter names it, which no heading is.
        var id = $"cell-id={cell.Id}";
        var anchor = _headings.TryTake(id) ? $" id=\"{Html.Text(id)}\"" : "";
        return $"<div class=\"cell\" role=\"group\"{anchor} aria-label=\"{_texts.Code} {number}\">\n{code}{outputs}</div>\n";
    }

    private string ClaimsSection()
    {
        if (Claims.Count == 0) return "";
        _headings.Contents.Add(new Heading(2, "claims", _texts.Claims));
        return $"""
            <section class="md" aria-labelledby="claims"><h2 id="claims">{_texts.Claims}</h2>
            {ClaimsTable.Render(Claims, _texts)}</section>

            """;
    }

    private string Frame(string body)
    {
        var other = _pages.OtherLanguage(_source.File) is { } edition
            ? $"<a href=\"{_pages.UrlOf(edition)}\" lang=\"{(_texts.Language == "ja" ? "en" : "ja")}\">{_texts.OtherLanguage}</a>"
            : "";
        var nonce = HasFigures ? Figures.Nonce(body) : null;
        return $"""
            {PageHead.ToHtml(_texts.Language, $"{Html.Text(Title)} – {_texts.Site}", Title, nonce)}
            <body>
            <a class="skip" href="#content">{_texts.Skip}</a>
            <header class="top"><a class="home" href="index.html">{_texts.Site}</a>{other}</header>
            <div class="page">
            {TableOfContents()}
            <main id="content">
            {Notes()}{body}</main>
            </div>
            {Pager()}
            <footer>{Footer()}</footer>
            {(nonce is null ? "" : Figures.Scripts(nonce))}</body>
            </html>

            """;
    }

    private string Notes()
    {
        if (_source.Stopped) return $"<p class=\"note bad\" role=\"note\">{_texts.Stopped}</p>\n";
        var ran = _source.RanAt is not null || _source.Document.Cells.Any(cell => cell.Outputs.Count > 0);
        return ran ? "" : $"<p class=\"note\" role=\"note\">{_texts.NoOutput}</p>\n";
    }

    private string TableOfContents()
    {
        var items = _headings.Contents.Where(heading => heading.Level is 2 or 3)
            .Select(heading => $"""<li class="l{heading.Level}"><a href="#{Html.Text(heading.Id)}">{Html.Text(heading.Text)}</a></li>""")
            .ToList();
        return items.Count == 0
            ? ""
            : $"""
               <nav class="toc" aria-label="{_texts.Contents}"><details><summary>{_texts.Contents}</summary>
               <ol>
               {string.Join('\n', items)}
               </ol></details></nav>
               """;
    }

    private string Pager()
    {
        var previous = Link(-1, "prev", $"← {_texts.Previous}");
        var next = Link(+1, "next", $"{_texts.Next} →");
        var all = $"<a href=\"index.html\">{_texts.AllNotebooks}</a>";
        return $"<nav class=\"pager\" aria-label=\"{_texts.Previous} / {_texts.Next}\">{previous}{all}{next}</nav>";

        string Link(int step, string relation, string words) => _pages.Neighbour(_source.File, step) is { } file
            ? $"<a rel=\"{relation}\" href=\"{_pages.UrlOf(file)}\"><small>{words}</small>{Html.Text(file.Name)}</a>"
            : "<span></span>";
    }

    private string Footer()
    {
        var when = _source.RanAt is { } at ? $"{_texts.RunOn} {Stylesheet.Time(at)}" : _texts.SavedOn;
        return Machine is { } machine ? $"<p>{when} · {Html.Text(machine)}</p>" : $"<p>{when}</p>";
    }

    private LinkTarget ResolveLink(string url)
    {
        if (url.StartsWith('#') || Uri.TryCreate(url, UriKind.Absolute, out var uri) && !uri.IsFile) return new LinkTarget(url, url);
        var parts = url.Split('#', 2);
        var path = Uri.UnescapeDataString(parts[0]);
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal)) return new LinkTarget(null, url);
        var full = Path.GetFullPath(Path.Combine(_source.File.Directory, path));
        return _pages.Files.FirstOrDefault(page => page.Path == full) is { } notebook
            ? new LinkTarget(_pages.UrlOf(notebook) + (parts.Length > 1 ? "#" + parts[1] : ""), url)
            : new LinkTarget(null, _source.PathInRepository(full));
    }

    private static string Shorten(string text)
    {
        if (text.Length <= LeadLength) return text;
        var space = text.LastIndexOf(' ', LeadLength - 1);
        return text[..(space < 1 ? LeadLength - 1 : space)] + "…";
    }
}
