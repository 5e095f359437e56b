using System.Net;
using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Extensions.Mathematics;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace Workshop.Lessons;

/// <summary>
/// Markdown as Jupyter reads it: CommonMark with the tables, strikethrough, task lists and links of GitHub, and with
/// mathematics, which is kept as it is written. It has no other extension, so a page shows what the notebook shows.
/// </summary>
internal static class JupyterMarkdown
{
    private static readonly MarkdownPipeline Pipeline = Builder().Build();

    /// <summary>
    /// The cell as HTML; what HTML the author wrote is in it as it is. Text that nests deeper than 128, which the parser
    /// refuses, stays as it is written.
    /// </summary>
    public static string ToHtml(string markdown)
    {
        try
        {
            return Markdown.ToHtml(markdown, Pipeline);
        }
        catch (ArgumentException)
        {
            return $"<pre>{WebUtility.HtmlEncode(markdown)}</pre>\n";
        }
    }

    private static MarkdownPipelineBuilder Builder()
    {
        var builder = new MarkdownPipelineBuilder().UsePipeTables(new PipeTableOptions { UseHeaderForColumnCount = true })
            .UseTaskLists().UseAutoLinks().UseEmphasisExtras(EmphasisExtraOptions.Strikethrough);
        builder.BlockParsers.Insert(0, new MathBlockParser());
        builder.InlineParsers.Insert(0, new MathText());
        builder.Extensions.Add(new MathAsWritten());
        return builder;
    }

    /// <summary>Writes a block of mathematics with its dollars.</summary>
    private sealed class MathAsWritten : HtmlObjectRenderer<MathBlock>, IMarkdownExtension
    {
        public void Setup(MarkdownPipelineBuilder pipeline)
        {
            // The parsers are added above, before all others.
        }

        public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer) => renderer.ObjectRenderers.Insert(0, this);

        protected override void Write(HtmlRenderer renderer, MathBlock block) =>
            renderer.Write("<p>$$\n").WriteLeafRawLines(block, writeEndOfLines: true, escape: true).Write("$$</p>\n");
    }
}
