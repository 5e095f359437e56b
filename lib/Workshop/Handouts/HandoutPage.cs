using System.Globalization;
using System.Text;
using Workshop.Lessons;
using Claim = ConcurrencyNotebooks.Claim;

namespace Workshop.Handouts;

/// <summary>One notebook as one page that needs nothing beside it: no script, no style sheet, no picture, no network.</summary>
internal sealed class HandoutPage
{
    /// <summary>How much of the first paragraph the index shows: two or three lines of a card.</summary>
    private const int LeadLength = 240;

    private readonly HandoutSource _source;
    private readonly HandoutNeighbours _neighbours;
    private readonly HandoutTexts _texts;
    private readonly PictureInliner _pictures;
    private readonly MarkdownCells _markdown;
    private readonly IReadOnlyList<Claim> _claims;

    public HandoutPage(HandoutSource source, HandoutNeighbours neighbours)
    {
        _source = source;
        _neighbours = neighbours;
        _texts = HandoutTexts.For(source.File.Language);
        _pictures = new PictureInliner(source.File.Directory);
        _markdown = new MarkdownCells(ResolveLink, _pictures);
        _claims = [.. source.Document.Cells.SelectMany(cell => cell.Claims)];
    }

    /// <summary>Pictures that the notebook shows and that are not there.</summary>
    public IReadOnlyList<string> MissingPictures => _pictures.Missing;

    /// <summary>Writes the page.</summary>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<string> ToHtmlAsync(CancellationToken cancellationToken = default)
    {
        var body = new StringBuilder();
        var lead = "";
        var codeCells = 0;
        foreach (var cell in _source.Document.Cells)
        {
            if (cell.IsCode)
            {
                await AppendCodeAsync(body, cell, ++codeCells, cancellationToken);
            }
            else if (cell.IsMarkdown)
            {
                var html = await _markdown.ToHtmlAsync(cell.Source, cancellationToken);
                body.Append(Html.Culture, $"<div class=\"md\">\n{html}</div>\n");
                if (lead.Length == 0) lead = FirstParagraph(cell.Source);
            }
        }

        if (_claims.Count > 0)
        {
            _markdown.Headings.Add(new Heading(2, "claims", _texts.Claims));
            body.Append(Html.Culture, $"<section class=\"md\" aria-labelledby=\"claims\"><h2 id=\"claims\">{Html.Text(_texts.Claims)}</h2>\n");
            body.Append(ClaimsTable.Render(_claims, _texts)).Append("</section>\n");
        }

        return Frame(Title, lead, body.ToString());
    }

    private string Title => _markdown.Headings.Find(heading => heading.Level == 1)?.Text ?? _source.File.Name;

    private async Task AppendCodeAsync(
        StringBuilder body, NotebookCell cell, int number, CancellationToken cancellationToken)
    {
        var count = cell.ExecutionCount?.ToString(CultureInfo.InvariantCulture) ?? " ";
        body.Append(Html.Culture, $"<div class=\"cell\" role=\"group\" id=\"cell-{Html.Text(cell.Id)}\" aria-label=\"{Html.Text(_texts.Code)} {number}\">\n");
        if (cell.Source.Trim().Length > 0)
            body.Append(Html.Culture, $"<pre class=\"code\" tabindex=\"0\" data-count=\"{count}\"><code>{CSharpColours.ToHtml(cell.Source).TrimEnd()}</code></pre>\n");
        var outputs = await OutputHtml.RenderAsync(cell.Outputs, _texts, _markdown, cancellationToken);
        if (outputs.Length > 0) body.Append(Html.Culture, $"<div class=\"outputs\" aria-label=\"{Html.Text(_texts.Output)} {number}\" role=\"group\">\n{outputs}</div>\n");
        body.Append("</div>\n");
    }

    private string Frame(string title, string lead, string body)
    {
        var machine = _claims.Select(claim => claim.Machine).FirstOrDefault(name => name is { Length: > 0 });
        var summary = new HandoutSummary(
            _source.File.HandoutName, title, _texts.Language, _source.File.Topic, lead,
            _source.RanAt, _source.Duration?.TotalSeconds, _source.Stopped, machine, _claims);
        var other = _neighbours.OtherLanguage is { } edition
            ? $"<a href=\"{Url(edition)}\" lang=\"{(_texts.Language == "ja" ? "en" : "ja")}\">{_texts.OtherLanguage}</a>"
            : "";
        return $"""
            {PageHead.ToHtml(_texts.Language, $"{Html.Text(title)} – {_texts.Site}", summary.ToMeta(), title)}
            <body>
            <a class="skip" href="#content">{Html.Text(_texts.Skip)}</a>
            <header class="top"><a class="home" href="index.html">{_texts.Site}</a>{other}</header>
            <div class="page">
            {TableOfContents()}
            <main id="content">
            {Notes()}{body}</main>
            </div>
            {Pager()}
            <footer>{Footer(machine)}</footer>
            </body>
            </html>

            """;
    }

    private string Notes()
    {
        if (_source.Stopped) return $"<p class=\"note bad\" role=\"note\">{Html.Text(_texts.Stopped)}</p>\n";
        var ran = _source.RanAt is not null || _source.Document.Cells.Any(cell => cell.Outputs.Count > 0);
        return ran ? "" : $"<p class=\"note\" role=\"note\">{Html.Text(_texts.NoOutput)}</p>\n";
    }

    private string TableOfContents()
    {
        var entries = _markdown.Headings.Where(heading => heading.Level is 2 or 3).ToList();
        if (entries.Count == 0) return "";
        var items = entries.Select(heading => $"<li class=\"l{heading.Level}\"><a href=\"#{Html.Text(heading.Id)}\">{Html.Text(heading.Text)}</a></li>");
        return $"""
            <nav class="toc" aria-label="{Html.Text(_texts.Contents)}"><details><summary>{Html.Text(_texts.Contents)}</summary>
            <ol>
            {string.Join('\n', items)}
            </ol></details></nav>
            """;
    }

    private string Pager()
    {
        var previous = _neighbours.Previous is { } p ? $"<a rel=\"prev\" href=\"{Url(p)}\"><small>← {_texts.Previous}</small>{Html.Text(p.Name)}</a>" : "<span></span>";
        var next = _neighbours.Next is { } n ? $"<a rel=\"next\" href=\"{Url(n)}\"><small>{_texts.Next} →</small>{Html.Text(n.Name)}</a>" : "<span></span>";
        return $"<nav class=\"pager\" aria-label=\"{_texts.Previous} / {_texts.Next}\">{previous}<a href=\"index.html\">{_texts.AllNotebooks}</a>{next}</nav>";
    }

    private string Footer(string? machine)
    {
        var when = _source.RanAt is { } at ? $"{_texts.RunOn} {Stylesheet.Time(at)}" : _texts.SavedOn;
        return machine is null ? $"<p>{when}</p>" : $"<p>{when} · {Html.Text(machine)}</p>";
    }

    private LinkTarget ResolveLink(string url)
    {
        if (url.Length == 0 || url[0] == '#' || Uri.TryCreate(url, UriKind.Absolute, out _)) return new LinkTarget(url, url);
        var parts = url.Split('#', 2);
        var full = Path.GetFullPath(Path.Combine(_source.File.Directory, Uri.UnescapeDataString(parts[0])));
        if (_neighbours.Pages.FirstOrDefault(page => page.Path == full) is { } notebook)
            return new LinkTarget(Url(notebook) + (parts.Length > 1 ? "#" + parts[1] : ""), url);
        return new LinkTarget(null, _source.PathInRepository(full));
    }

    private static string Url(NotebookFile file) => Uri.EscapeDataString(file.HandoutName);

    private static string FirstParagraph(string markdown)
    {
        var paragraph = Markdig.Markdown.Parse(markdown).OfType<Markdig.Syntax.ParagraphBlock>().FirstOrDefault();
        var text = MarkdownCells.PlainText(paragraph?.Inline);
        if (text.Length <= LeadLength) return text;
        var space = text.LastIndexOf(' ', LeadLength - 1);
        return text[..(space < 1 ? LeadLength - 1 : space)] + "…";
    }
}
