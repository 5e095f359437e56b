using static ConcurrencyNotebooks.Canvas;

namespace ConcurrencyNotebooks;

/// <summary>
/// Draws a decision tree as an outline: what an answer leads to stands behind it, and below it, further to the right. A flowchart
/// with its branches side by side would need three times the width, and its text could not be read on a telephone.
/// </summary>
/// <param name="path">The path to light; without one, all of the tree is shown alike.</param>
internal sealed class DecisionTreeDrawing(IReadOnlyList<Answer>? path)
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

    public Drawing Draw(string title, DecisionTree tree, string description, string note, Table table)
    {
        Node(tree.Root, Margin, Margin, path is not null);
        if (note.Length > 0) _y = _boxes.Notes([note], _y);
        // Boxes cover lines, and the lines of the path cover the others.
        return new(title, "", description, new Canvas().Raw($"{_links}{_litLinks}{_boxes}"), _y, table);
    }

    private void Node(DecisionNode node, double lineStart, double x, bool isLit)
    {
        if (node is Question question) Ask(question, lineStart, x, isLit);
        else if (node is Recommendation leaf) Recommend(leaf, x, isLit);
    }

    private void Ask(Question question, double lineStart, double x, bool isLit)
    {
        // Pointed ends, as in a flowchart: a question can be told from a recommendation without its colour.
        var (middle, end) = (_y + BoxHeight / 2, x + TextLayout.Width(question.Text, FontSize) * Bold + 2 * Tip + 4);
        _boxes.Mark(
            $"M{N(x)} {N(middle)}L{N(x + Tip)} {N(_y)}H{N(end - Tip)}L{N(end)} {N(middle)}L{N(end - Tip)} {N(_y + BoxHeight)}H{N(x + Tip)}z",
            Line(isLit), question.Text);
        _boxes.Text(x + Tip + 2, middle + 5, question.Text, attributes: Weight(isLit));
        _y += BoxHeight + Gap;

        // The trunk begins below the box, or below the reply in front of it.
        var trunkStart = lineStart < x ? middle + 8 : middle + BoxHeight / 2;
        foreach (var (reply, next) in new[] { question.Yes, question.No })
        {
            var isLitHere = isLit && path!.Any(answer => answer.Question == question && answer.Reply == reply);
            var (line, start) = (_y + BoxHeight / 2, lineStart + Indent);
            var replyEnd = start + TextLayout.Width(reply, SmallFontSize) * Bold + 2;
            (isLitHere ? _litLinks : _links).Mark(
                $"M{N(lineStart + Trunk)} {N(trunkStart)}V{N(line)}H{N(start - 3)}M{N(replyEnd)} {N(line)}h12", Line(isLitHere), $"{question.Text} {reply}");
            _boxes.Text(start, line + 4.5, reply, muted: !isLitHere, size: SmallFontSize, attributes: Weight(isLitHere));
            Node(next, start, replyEnd + 12, isLitHere);
        }
    }

    private void Recommend(Recommendation leaf, double x, bool isLit)
    {
        foreach (var (language, model, with) in new[] { ("C#", leaf.Model, leaf.With), ("Python", leaf.PythonModel, leaf.PythonWith) })
        {
            var text = $"{language}: {model}, {with}";
            var isFilled = path is null || isLit;
            _boxes.Mark(
                $"M{N(x)} {N(_y)}h{N(TextLayout.Width(text, FontSize) * Bold + 16)}v{N(BoxHeight - 2)}H{N(x)}z",
                $"{(isFilled ? Palette.Solid(Palette.Index(model)) : " fill=\"none\"")} stroke=\"{Palette.Colour(Palette.Index(model))}\" stroke-width=\"1.5\"",
                $"{text}. {leaf.Because}");
            _boxes.Text(x + 8, _y + 16.5, text, attributes: (isFilled ? " fill=\"#fff\"" : "") + Weight(isLit));
            _y += BoxHeight;
        }

        _y += Gap;
    }

    private static string Line(bool isLit) => isLit
        ? Palette.Ink + " stroke-width=\"3\""
        : " fill=\"none\" stroke=\"#888\" stroke-width=\"1.2\"";

    private static string Weight(bool isLit) => isLit ? " font-weight=\"600\"" : "";
}
