using System.Globalization;
using System.Text;

namespace NotebookEngine;

/// <summary>Writes a value's picture as plain text: aligned tables for collections of objects, else one line where it fits.</summary>
internal static class PlainTextWriter
{
    private const int LineWidth = 100;

    /// <summary>A table whose cells are longer than this cannot be read in a console; the HTML form has all of it.</summary>
    private const int CellWidth = 60;

    public static string Write(FormattedNode node) => node switch
    {
        TextNode text => text.Text,
        FragmentNode fragment => fragment.PlainText,
        ExceptionNode exception => exception.Details,
        SequenceNode { Items: var items, More: var more } when items.Any(item => item is ObjectNode) =>
            Table(["index"], [.. items.Select((_, i) => i.ToString(CultureInfo.InvariantCulture))], items, more),
        DictionaryNode { Entries: { Count: > 0 } entries, More: var more } =>
            Table(["key"], [.. entries.Select(entry => Inline(entry.Key))], [.. entries.Select(entry => entry.Value)], more),
        ObjectNode value when Inline(value) is { Length: > LineWidth } or null => Lines(value),
        _ => Inline(node),
    };

    private static string Inline(FormattedNode node) => node switch
    {
        TextNode text => text.Text,
        FragmentNode fragment => fragment.PlainText,
        ExceptionNode exception => exception.Headline,
        TupleNode tuple => $"({string.Join(", ", tuple.Items.Select(Inline))})",
        SequenceNode { Items.Count: 0, More: null } => "[ ]",
        SequenceNode sequence => $"[ {string.Join(", ", sequence.Items.Select(Inline).Concat(Rest(sequence.More)))} ]",
        DictionaryNode { Entries.Count: 0, More: null } => "{ }",
        DictionaryNode dictionary =>
            $"{{ {string.Join(", ", dictionary.Entries.Select(e => $"{Inline(e.Key)}: {Inline(e.Value)}").Concat(Rest(dictionary.More)))} }}",
        ObjectNode { OwnText: { } text } => text,
        ObjectNode value =>
            $"{value.TypeName} {{ {string.Join(", ", value.Members.Select(m => $"{m.Name} = {Inline(m.Value)}").Concat(Rest(value.More)))} }}",
        _ => throw new InvalidOperationException($"{node.GetType().Name} has no plain text."),
    };

    private static string Lines(ObjectNode value)
    {
        if (value.OwnText is not null) return value.OwnText;
        var lines = value.Members.Select(member => $"{member.Name}: {Inline(member.Value)}").Concat(Rest(value.More));
        return string.Join('\n', lines.Prepend(value.TypeName)).Replace("\n", "\n  ", StringComparison.Ordinal);
    }

    private static string Table(string[] heads, List<string> labels, IReadOnlyList<FormattedNode> items, string? more)
    {
        var shape = TableShape.Of(items);
        var grid = new List<IReadOnlyList<string>> { (string[])[.. heads, .. shape.Columns] };
        for (var row = 0; row < items.Count; row++)
            grid.Add([Cell(labels[row]), .. shape.Rows[row].Select(cell => cell is null ? "" : Cell(Inline(cell)))]);

        var widths = Enumerable.Range(0, grid[0].Count).Select(column => grid.Max(row => Width(row[column]))).ToArray();
        grid.Insert(1, [.. widths.Select(width => new string('-', width))]);
        var text = new StringBuilder();
        foreach (var row in grid)
        {
            var line = row.Select((cell, column) => cell + new string(' ', widths[column] - Width(cell)));
            text.Append(string.Join("  ", line).TrimEnd()).Append('\n');
        }

        return text.Append(more).ToString().TrimEnd('\n');
    }

    private static string Cell(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        if (line.Length <= CellWidth) return line;
        var cut = char.IsHighSurrogate(line[CellWidth - 2]) ? CellWidth - 2 : CellWidth - 1;
        return line[..cut] + "…";
    }

    /// <summary>Columns in a console: Chinese, Japanese and Korean characters and most emoji take two.</summary>
    private static int Width(string text)
    {
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format) continue;
            width += rune.Value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3)
                or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60)
                or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD) ? 2 : 1;
        }

        return width;
    }

    private static IEnumerable<string> Rest(string? more) => more is null ? [] : [more];
}
