using Wcwidth;

namespace Workshop.Lessons;

/// <summary>What a terminal shows of a text: lines of characters, and a cursor that may go back over them.</summary>
internal sealed partial class TerminalScreen
{
    /// <summary>How far a sequence moves the cursor or erases, and how much is one character: wider and higher than any terminal.</summary>
    private const int Reach = 1000;

    private static readonly (string Text, TerminalStyle Style) Space = (" ", TerminalStyle.Plain);

    // For each column what stands in it: a character with what combines with it. The right half of a wide one is empty.
    private readonly List<List<(string Text, TerminalStyle Style)>> _lines = [[]];
    private TerminalStyle _style = TerminalStyle.Plain;
    private int _row;
    private int _column;

    /// <summary>Whether a text has nothing but characters, ends of lines and tabs, so that it is shown as it is.</summary>
    public static bool IsPlain(string text) => !Control().IsMatch(text);

    public static TerminalScreen Of(string text)
    {
        var screen = new TerminalScreen();
        var at = 0;
        foreach (Match sequence in Sequence().Matches(text))
        {
            screen.Write(text.AsSpan(at, sequence.Index - at));
            at = sequence.Index + sequence.Length;
            if (sequence.Groups["final"] is { Success: true, Value: var final }) screen.Obey(final[0], sequence.Groups["parameters"].Value);
        }

        screen.Write(text.AsSpan(at));
        return screen;
    }

    /// <summary>
    /// The text that leaves the same on a terminal, without what was overwritten and erased; colours stay. Text in which the cursor
    /// never goes back is not touched.
    /// </summary>
    public static string Settle(string text)
    {
        if (!GoesBack().IsMatch(text)) return text;
        var lines = Of(text).Lines().Select(line => string.Concat(line.Select(piece => piece.Style == TerminalStyle.Plain
            ? piece.Text
            : $"\u001b[{piece.Style.ToCodes()}m{piece.Text}\u001b[0m")).TrimEnd(' '));
        return string.Join('\n', lines) is var settled && string.IsNullOrWhiteSpace(settled) ? "" : settled;
    }

    public IEnumerable<IEnumerable<(string Text, TerminalStyle Style)>> Lines() => _lines.Select(Pieces);

    private static IEnumerable<(string Text, TerminalStyle Style)> Pieces(List<(string Text, TerminalStyle Style)> line)
    {
        for (int start = 0, end; start < line.Count; start = end)
        {
            var style = line[start].Style;
            end = line.FindIndex(start, cell => cell.Style != style) is >= 0 and var other ? other : line.Count;
            yield return (string.Concat(line[start..end].Select(cell => cell.Text)), style);
        }
    }

    private void Write(ReadOnlySpan<char> text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '\n':
                    (_row, _column) = (_row + 1, 0);
                    if (_row == _lines.Count) _lines.Add([]);
                    break;
                case '\r': _column = 0; break;
                case '\b': _column = Math.Max(0, _column - 1); break;
                case '\t': _column = (_column / 8 * 8) + 8; break;
                default:
                    if (!Rune.IsControl(rune)) Put(rune);
                    break;
            }
        }
    }

    /// <summary>Does what a control sequence says; those that do not change what is seen are let go.</summary>
    private void Obey(char final, string parameters)
    {
        // A private sequence, as for the mouse; its letters mean something else.
        if (parameters is ['<' or '=' or '>' or '?', ..]) return;
        var numbers = parameters.Split(';');
        var first = int.TryParse(numbers[0], CultureInfo.InvariantCulture, out var number) ? number : 0;
        var count = Math.Clamp(first, 1, Reach);
        var (above, below) = (Math.Max(0, _row - count), Math.Min(_lines.Count - 1, _row + count));
        switch (final)
        {
            case 'm': _style = _style.After(parameters); break;
            case 'A': _row = above; break;
            case 'B': _row = below; break;
            case 'C': _column = Math.Min(Reach, _column + count); break;
            case 'D': _column = Math.Max(0, _column - count); break;
            case 'E': (_row, _column) = (below, 0); break;
            case 'F': (_row, _column) = (above, 0); break;
            case 'G': _column = count - 1; break;
            case 'H' or 'f':
                _row = Math.Min(_lines.Count - 1, Math.Max(1, first) - 1);
                _ = int.TryParse(numbers.ElementAtOrDefault(1), CultureInfo.InvariantCulture, out var column);
                _column = Math.Clamp(column, 1, Reach) - 1;
                break;
            case 'J': EraseScreen(first); break;
            case 'K': EraseLine(first); break;
        }
    }

    private void Put(Rune rune)
    {
        var line = _lines[_row];
        var width = UnicodeCalculator.GetWidth(rune);
        if (width < 1 && _column > 0 && _column <= line.Count)
        {
            var at = line[_column - 1].Text.Length > 0 || _column == 1 ? _column - 1 : _column - 2;
            if (line[at].Text.Length < Reach) line[at] = (line[at].Text + rune, line[at].Style);
            return;
        }

        width = Math.Max(1, width);
        while (line.Count < _column + width) line.Add(Space);
        BreakWide(line, _column);
        BreakWide(line, _column + width);
        line[_column] = ($"{rune}", _style);
        if (width == 2) line[_column + 1] = ("", _style);
        _column += width;
    }

    // Where only one half of a wide character is overwritten or erased, the other half is gone as well.
    private static void BreakWide(List<(string Text, TerminalStyle Style)> line, int column)
    {
        if (column > 0 && column < line.Count && line[column].Text.Length == 0) line[column - 1] = line[column] = Space;
    }

    // 0: from the cursor on, 1: up to it, 2: all.
    private void EraseLine(int what)
    {
        var line = _lines[_row];
        BreakWide(line, what == 1 ? _column + 1 : _column);
        if (what == 2) line.Clear();
        if (what == 0 && _column < line.Count) line.RemoveRange(_column, line.Count - _column);
        for (var i = 0; what == 1 && i <= _column && i < line.Count; i++) line[i] = Space;
    }

    private void EraseScreen(int what)
    {
        EraseLine(Math.Min(what, 2));
        if (what != 1) _lines.RemoveRange(_row + 1, _lines.Count - _row - 1);
        for (var row = Math.Max(0, _row - Reach); what != 0 && row < _row; row++) _lines[row].Clear();
    }

    [GeneratedRegex(@"[\x00-\x08\x0b-\x1f\x7f-\x9f]")]
    private static partial Regex Control();

    // The end of a line may be \r\n.
    [GeneratedRegex(@"\r(?!\n)|\x08|(?:\x1b\[|\x9b)[0-9;]*[A-HJKf]")]
    private static partial Regex GoesBack();

    // ECMA-48: control sequences; strings such as titles and links, which end at the line where nothing else ends them;
    // and other escapes, as those that choose a set of characters.
    [GeneratedRegex(
        @"(?:\x1b\[|\x9b)(?<parameters>[0-?]*)[ -/]*(?<final>[@-~])|\x1b[\]PX^_][^\x07\x1b\n]*(?:\x07|\x1b\\)?|\x1b[ -/]*[0-Z\\^-~]?")]
    private static partial Regex Sequence();
}
