using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax.Inlines;

namespace Workshop.Lessons;

/// <summary>
/// Finds mathematics within text, as Jupyter delimits it (nbconvert/filters/markdown_mistune.py), so that its stars and
/// underscores are not taken for Markdown.
/// </summary>
internal sealed partial class MathText : InlineParser
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
