using System.Globalization;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Helpers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Workshop.Handouts;

/// <summary>
/// Renders the Markdown cells of one notebook, in order, into one page: pictures go inside, links to other notebooks
/// become links to their pages, headings get ids that are unique on the page and never skip a level.
/// </summary>
/// <remarks>HTML in the Markdown is kept: who may write into a notebook may run code on this machine anyway.</remarks>
internal sealed class MarkdownCells(Func<string, LinkTarget> resolveLink, PictureInliner pictures)
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseAutoLinks().UseTaskLists().UseAlertBlocks().UseEmphasisExtras().UseGenericAttributes().Build();

    private readonly HashSet<string> _ids = ["content"];
    private int _level;

    /// <summary>The headings so far, for the table of contents.</summary>
    public List<Heading> Headings { get; } = [];

    /// <summary>Renders one cell.</summary>
    public async Task<string> ToHtmlAsync(string markdown, CancellationToken cancellationToken = default)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var heading in document.Descendants<HeadingBlock>()) Place(heading);
        foreach (var link in document.Descendants<LinkInline>().ToList()) Rewrite(link);
        foreach (var html in document.Descendants<HtmlInline>()) html.Tag = pictures.InlineAll(html.Tag);
        foreach (var html in document.Descendants<HtmlBlock>())
            html.Lines = new StringLineGroup(pictures.InlineAll(html.Lines.ToString()));
        foreach (var fence in document.Descendants<FencedCodeBlock>().ToList()) await ColourAsync(fence, cancellationToken);

        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlTableRenderer>(new ScrollingTableRenderer());
        renderer.Render(document);
        return writer.ToString();
    }

    /// <summary>The words of a piece of Markdown, without its marks.</summary>
    public static string PlainText(ContainerInline? inline)
    {
        if (inline is null) return "";
        var words = inline.Descendants().Select(part => part switch
        {
            LiteralInline literal => literal.Content.ToString(),
            CodeInline code => code.Content,
            LineBreakInline => " ",
            _ => "",
        });
        return string.Concat(words).Trim();
    }

    // A page has one first-level heading; a level that was skipped would puzzle who walks by headings.
    private void Place(HeadingBlock heading)
    {
        if (heading.Level == 1 && Headings.Any(h => h.Level == 1)) heading.Level = 2;
        heading.Level = Math.Min(heading.Level, _level + 1);
        _level = heading.Level;

        var text = PlainText(heading.Inline);
        var slug = LinkHelper.UrilizeAsGfm(text);
        if (slug.Length == 0) slug = "section";
        var id = slug;
        for (var n = 1; !_ids.Add(id); n++) id = $"{slug}-{n}";
        heading.GetAttributes().Id = id;
        Headings.Add(new Heading(heading.Level, id, text));
    }

    private void Rewrite(LinkInline link)
    {
        if (link.IsImage)
        {
            link.Url = pictures.ToDataUri(link.Url ?? "") ?? link.Url;
            return;
        }

        var target = resolveLink(link.Url ?? "");
        if (target.Url is not null)
        {
            link.Url = target.Url;
            return;
        }

        // A file of the repository: on paper, or on another machine, its path is worth more than a dead link.
        while (link.FirstChild is { } child)
        {
            child.Remove();
            link.InsertBefore(child);
        }

        link.InsertBefore(new HtmlInline($" <span class=\"path\">({Html.Text(target.Path)})</span>"));
        link.Remove();
    }

    private static async Task ColourAsync(FencedCodeBlock fence, CancellationToken cancellationToken)
    {
        var code = fence.Lines.ToString();
        var language = (fence.Info ?? "").Trim().ToLowerInvariant();
        string html;
        if (language is "csharp" or "cs" or "c#")
        {
            html = CSharpColours.ToHtml(code);
        }
        else
        {
            html = language is "python" or "py" ? PythonColours.ToHtml(code) : Html.Text(code);
        }

        var label = language.Length == 0 ? "" : $" data-language=\"{Html.Text(language)}\"";
        var parent = fence.Parent!; // A fence always stands in the document or in one of its blocks.
        parent[parent.IndexOf(fence)] = new HtmlBlock(null)
        {
            Lines = new StringLineGroup($"<pre tabindex=\"0\"{label}><code>{html}</code></pre>"),
        };
    }

    /// <summary>A table that is wider than the screen scrolls by itself, and not the page.</summary>
    private sealed class ScrollingTableRenderer : HtmlTableRenderer
    {
        protected override void Write(HtmlRenderer renderer, Table table)
        {
            renderer.Write("<div class=\"scroll\" tabindex=\"0\">");
            base.Write(renderer, table);
            renderer.WriteLine("</div>");
        }
    }
}
