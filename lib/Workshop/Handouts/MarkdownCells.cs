using System.Text.Json.Nodes;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Workshop.Handouts;

/// <summary>Renders the Markdown of a notebook into its page.</summary>
internal sealed class MarkdownCells(NotebookHtml gate)
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseAutoLinks().UseTaskLists().UseEmphasisExtras().Build();

    /// <summary>Renders one cell.</summary>
    /// <param name="markdown">The cell's text.</param>
    /// <param name="attachments">The pictures that the cell carries along.</param>
    public string ToHtml(string markdown, JsonObject? attachments = null)
    {
        try
        {
            return gate.OfMarkdown(Markdown.ToHtml(markdown, Pipeline), attachments);
        }
        catch (ArgumentException)
        {
            // Markdig says so of text that nests more than 128 deep, which is no text but a test.
            return $"<pre tabindex=\"0\">{Html.Text(markdown)}</pre>\n";
        }
    }

    /// <summary>The words of the first paragraph.</summary>
    public static string FirstParagraph(string markdown)
    {
        try
        {
            return PlainText(Markdown.Parse(markdown, Pipeline).OfType<ParagraphBlock>().FirstOrDefault()?.Inline);
        }
        catch (ArgumentException)
        {
            return ""; // As above.
        }
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
}
