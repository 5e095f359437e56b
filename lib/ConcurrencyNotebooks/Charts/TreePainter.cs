using static ConcurrencyNotebooks.Canvas;

namespace ConcurrencyNotebooks;

/// <summary>
/// Draws a tree as an outline: what an answer leads to stands behind it, and below it, further to the right. A flowchart
/// with its branches side by side would need three times the width, and its text could not be read on a telephone.
/// </summary>
/// <param name="isAllShown">Whether no path is lit, so that all of the tree is shown alike.</param>
internal sealed class TreePainter(bool isAllShown)
{
    private const double Indent = 26;
    private const double Trunk = 8; // From where a line of the outline begins to the vertical line below it.
    private const double BoxHeight = 25;
    private const double Gap = 9;
    private const double Tip = 10;
    private const double Bold = 1.13; // How much wider bold text is; room for it is left everywhere, so that lighting a path moves nothing.

    private readonly Canvas _links = new();
    private readonly Canvas _litLinks = new();
    private readonly Canvas _boxes = new();
    private double _y = 6;

    /// <summary>Draws the tree with a sentence below it, and returns where that ends.</summary>
    public (Canvas Canvas, double Height) Draw(ChartNode root, string note)
    {
        Node(root, Margin, Margin);
        if (note.Length > 0) _y = _boxes.Notes([note], _y);
        // Boxes cover lines, and the lines of the path cover the others.
        return (new Canvas().Raw($"{_links}{_litLinks}{_boxes}"), _y);
    }

    private void Node(ChartNode node, double lineStart, double x)
    {
        if (node.Next.Count > 0) Ask(node, lineStart, x);
        else Recommend(node, x);
    }

    private void Ask(ChartNode question, double lineStart, double x)
    {
        // Pointed ends, as in a flowchart: a question can be told from a recommendation without its colour.
        var (middle, end) = (_y + (BoxHeight / 2), x + (TextLayout.Width(question.Text, FontSize) * Bold) + (2 * Tip) + 4);
        _boxes.Mark(
            $"M{N(x)} {N(middle)}L{N(x + Tip)} {N(_y)}H{N(end - Tip)}L{N(end)} {N(middle)}L{N(end - Tip)} {N(_y + BoxHeight)}H{N(x + Tip)}z",
            Line(question.IsLit), question.Text);
        _boxes.Text(x + Tip + 2, middle + 5, question.Text, attributes: Weight(question.IsLit));
        _y += BoxHeight + Gap;

        // The trunk begins below the box, or below the reply in front of it.
        var trunkStart = lineStart < x ? middle + 8 : middle + (BoxHeight / 2);
        var start = lineStart + Indent;
        var replyEnd = start;
        foreach (var next in question.Next)
        {
            if (next.Reply.Length > 0)
            {
                if (next != question.Next[0]) _y += Gap;
                var line = _y + (BoxHeight / 2);
                replyEnd = start + (TextLayout.Width(next.Reply, SmallFontSize) * Bold) + 2;
                (next.IsLit ? _litLinks : _links).Mark(
                    $"M{N(lineStart + Trunk)} {N(trunkStart)}V{N(line)}H{N(start - 3)}M{N(replyEnd)} {N(line)}h12",
                    Line(next.IsLit), $"{question.Text} {next.Reply}");
                _boxes.Text(start, line + 4.5, next.Reply, muted: !next.IsLit, size: SmallFontSize, attributes: Weight(next.IsLit));
            }

            Node(next, start, replyEnd + 12);
        }
    }

    private void Recommend(ChartNode leaf, double x)
    {
        var isFilled = isAllShown || leaf.IsLit;
        var colour = Palette.Index(leaf.Model);
        _boxes.Mark(
            $"M{N(x)} {N(_y)}h{N((TextLayout.Width(leaf.Text, FontSize) * Bold) + 16)}v{N(BoxHeight - 2)}H{N(x)}z",
            $"{(isFilled ? Palette.Solid(colour) : " fill=\"none\"")} stroke=\"{Palette.Colour(colour)}\" stroke-width=\"1.5\"",
            $"{leaf.Text}. {leaf.Note}");
        _boxes.Text(x + 8, _y + 16.5, leaf.Text, attributes: (isFilled ? " fill=\"#fff\"" : "") + Weight(leaf.IsLit));
        _y += BoxHeight;
    }

    private static string Line(bool isLit) => isLit
        ? Palette.Ink + " stroke-width=\"3\""
        : " fill=\"none\" stroke=\"#888\" stroke-width=\"1.2\"";

    private static string Weight(bool isLit) => isLit ? " font-weight=\"600\"" : "";
}
