using System.Globalization;
using System.Text;

namespace NotebookEngine;

/// <summary>
/// Writes a value's picture as HTML. Colours are the page's own, so that it reads on light and dark; the style holds for
/// its class alone, so that nothing else on the page changes.
/// </summary>
internal sealed class HtmlWriter
{
    private const string Style =
        "<style>.nb-value table{border-collapse:collapse;margin:.2em 0;font-size:inherit}"
        + ".nb-value th,.nb-value td{border:1px solid color-mix(in srgb,currentColor 30%,transparent);padding:.15em .6em;"
        + "text-align:left;vertical-align:top;white-space:pre-wrap;background:none;color:inherit}"
        + ".nb-value td.nb-number{text-align:right;font-variant-numeric:tabular-nums}"
        + ".nb-value .nb-note{opacity:.75;font-style:italic}.nb-value .nb-error{font-weight:bold}"
        + ".nb-value summary{cursor:pointer}.nb-value pre{margin:.2em 0;white-space:pre-wrap}</style>";

    private readonly StringBuilder _html = new();

    public static string Write(FormattedNode node)
    {
        switch (node)
        {
            case FragmentNode fragment:
                return fragment.Html;
            case TextNode { Role: TextRole.Value or TextRole.Number, Text: var text }:
                return HtmlText.Preformatted(text);
            case TupleNode or SequenceNode when IsFlat(node):
                return HtmlText.Preformatted(PlainTextWriter.Write(node));
            default:
                var writer = new HtmlWriter();
                writer._html.Append("<div class=\"nb-value\">").Append(Style);
                writer.Append(node, isOuter: true);
                return writer._html.Append("</div>").ToString();
        }
    }

    private void Append(FormattedNode node, bool isOuter = false)
    {
        switch (node)
        {
            case TextNode text:
                AppendText(text);
                break;
            case FragmentNode fragment:
                _html.Append(fragment.Html);
                break;
            case ExceptionNode exception:
                AppendDetails(exception.Headline, isOuter, () => _html.Append(HtmlText.Preformatted(exception.Details)));
                break;
            case TupleNode or SequenceNode when IsFlat(node):
                _html.Append(HtmlText.Escape(PlainTextWriter.Write(node)));
                break;
            case TupleNode tuple:
                AppendTable([], [.. tuple.Items.Select((_, i) => new TextNode($"Item{i + 1}"))], tuple.Items, more: null);
                break;
            case SequenceNode sequence:
                Fold(sequence.TypeName, isOuter, () => AppendTable(
                    ["index"], [.. sequence.Items.Select((_, i) => Number(i))], sequence.Items, sequence.More));
                break;
            case DictionaryNode dictionary:
                Fold(dictionary.TypeName, isOuter, () => AppendTable(
                    ["key"],
                    [.. dictionary.Entries.Select(entry => entry.Key)],
                    [.. dictionary.Entries.Select(entry => entry.Value)],
                    dictionary.More));
                break;
            case ObjectNode value:
                AppendDetails(value.OwnText ?? value.TypeName, isOuter, () => AppendMembers(value));
                break;
            default:
                throw new InvalidOperationException($"{node.GetType().Name} has no HTML.");
        }
    }

    private void Fold(string title, bool isOuter, Action content)
    {
        // A table on its own needs no lid; within another it would make rows of unequal height.
        if (isOuter) content();
        else AppendDetails(title, isOpen: false, content);
    }

    private void AppendDetails(string summary, bool isOpen, Action content)
    {
        _html.Append(isOpen ? "<details open>" : "<details>");
        _html.Append("<summary>").Append(HtmlText.Escape(summary)).Append("</summary>");
        content();
        _html.Append("</details>");
    }

    private void AppendMembers(ObjectNode value)
    {
        _html.Append("<table><tbody>");
        foreach (var (name, member) in value.Members)
        {
            _html.Append("<tr><th scope=\"row\">").Append(HtmlText.Escape(name)).Append("</th>");
            AppendCell(member);
            _html.Append("</tr>");
        }

        AppendMore(value.More, columns: 2);
        _html.Append("</tbody></table>");
    }

    private void AppendTable(string[] heads, List<TextNode> labels, IReadOnlyList<FormattedNode> items, string? more) =>
        AppendTable(heads, [.. labels.Select(FormattedNode (label) => label)], items, more);

    private void AppendTable(string[] heads, List<FormattedNode> labels, IReadOnlyList<FormattedNode> items, string? more)
    {
        var shape = TableShape.Of(items);
        _html.Append("<table>");
        if (heads.Length > 0)
        {
            _html.Append("<thead><tr>");
            foreach (var head in heads) _html.Append("<th scope=\"col\"><i>").Append(HtmlText.Escape(head)).Append("</i></th>");
            foreach (var column in shape.Columns) _html.Append("<th scope=\"col\">").Append(HtmlText.Escape(column)).Append("</th>");
            _html.Append("</tr></thead>");
        }

        _html.Append("<tbody>");
        for (var row = 0; row < items.Count; row++)
        {
            _html.Append("<tr><th scope=\"row\">");
            Append(labels[row]);
            _html.Append("</th>");
            foreach (var cell in shape.Rows[row]) AppendCell(cell);
            _html.Append("</tr>");
        }

        AppendMore(more, shape.Columns.Count + 1);
        _html.Append("</tbody></table>");
    }

    private void AppendCell(FormattedNode? node)
    {
        _html.Append(node is TextNode { Role: TextRole.Number } ? "<td class=\"nb-number\">" : "<td>");
        if (node is not null) Append(node);
        _html.Append("</td>");
    }

    private void AppendMore(string? more, int columns)
    {
        if (more is null) return;
        _html.Append(CultureInfo.InvariantCulture, $"<tr><td colspan=\"{columns}\"><span class=\"nb-note\">{HtmlText.Escape(more)}</span></td></tr>");
    }

    private void AppendText(TextNode text)
    {
        var role = text.Role switch { TextRole.Note => "nb-note", TextRole.Error => "nb-error", _ => null };
        if (role is not null) _html.Append(CultureInfo.InvariantCulture, $"<span class=\"{role}\">");
        _html.Append(HtmlText.Escape(text.Text));
        if (role is not null) _html.Append("</span>");
    }

    private static TextNode Number(int i) => new(i.ToString(CultureInfo.InvariantCulture), TextRole.Number);

    /// <summary>Numbers in brackets say more than a table of one column.</summary>
    private static bool IsFlat(FormattedNode node) => node switch
    {
        TupleNode tuple => tuple.Items.All(item => item is TextNode),
        SequenceNode sequence => sequence.Items.All(item => item is TextNode || (item is TupleNode && IsFlat(item))),
        _ => false,
    };
}
