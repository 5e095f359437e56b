using System.Net;
using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Extensions.Mathematics;
using Markdig.Extensions.Tables;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace Workshop.Lessons;

/// <summary>
/// Markdown as Jupyter reads it: CommonMark with the tables, strikethrough, task lists and links of GitHub, and with
/// mathematics, which is kept as it is written. It has no other extension, so a page shows what the notebook shows.
/// </summary>
internal static partial class JupyterMarkdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables(new PipeTableOptions { UseHeaderForColumnCount = true }).UseTaskLists().UseAutoLinks()
        .UseEmphasisExtras(EmphasisExtraOptions.Strikethrough).Use<Mathematics>().Build();

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

    /// <summary>Finds mathematics before all else, so that its stars and underscores are not taken for Markdown.</summary>
    private sealed class Mathematics : HtmlObjectRenderer<MathBlock>, IMarkdownExtension
    {
        public void Setup(MarkdownPipelineBuilder pipeline)
        {
            pipeline.BlockParsers.Insert(0, new MathBlockParser());
            pipeline.InlineParsers.Insert(0, new MathText());
        }

        public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer) => renderer.ObjectRenderers.Insert(0, this);

        protected override void Write(HtmlRenderer renderer, MathBlock block) =>
            renderer.Write("<p>$$\n").WriteLeafRawLines(block, writeEndOfLines: true, escape: true).Write("$$</p>\n");
    }

    /// <summary>Mathematics within text, as Jupyter delimits it (nbconvert/filters/markdown_mistune.py).</summary>
    private sealed partial class MathText : InlineParser
    {
        public MathText() => OpeningCharacters = ['$', '\\'];

        public override bool Match(InlineProcessor processor, ref StringSlice slice)
        {
            var math = Delimited().Match(slice.Text, slice.Start, slice.Length);
            if (!math.Success) return false;
            processor.Inline = new LiteralInline(new StringSlice(slice.Text, math.Index, math.Index + math.Length - 1));
            slice.Start = math.Index + math.Length;
            return true;
        }

        [GeneratedRegex(
            @"\G(?:\$\$.*?\$\$|\$[^$]+?\$|\\\\\(.*?\\\\\)|\\\\\[.*?\\\\\]|\\begin\{([a-z]*\*?)\}.*?\\end\{\1\})",
            RegexOptions.Singleline)]
        private static partial Regex Delimited();
    }
}
