using System.Text;

namespace Workshop.Handouts;

/// <summary>What a terminal shows: lines of characters, and a cursor that may go back over them.</summary>
internal sealed class TerminalScreen
{
    /// <summary>How far to the right a sequence may move the cursor; wider than any terminal.</summary>
    private const int MaxColumn = 1000;

    private readonly List<List<(Rune Character, TerminalStyle Style)>> _lines = [[]];
    private TerminalStyle _style = new();
    private int _row;
    private int _column;

    /// <summary>Writes text at the cursor.</summary>
    public void Write(ReadOnlySpan<char> text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '\n':
                    _row++;
                    _column = 0;
                    if (_row == _lines.Count) _lines.Add([]);
                    break;
                case '\r':
                    _column = 0;
                    break;
                case '\b':
                    _column = Math.Max(0, _column - 1);
                    break;
                case '\t':
                    _column = (_column / 8 * 8) + 8;
                    break;
                default:
                    if (!Rune.IsControl(rune)) Put(rune);
                    break;
            }
        }
    }

    /// <summary>Does what a control sequence says; those that do not change what is seen are let go.</summary>
    /// <param name="final">The letter at its end.</param>
    /// <param name="parameters">What stands before the letter.</param>
    public void Obey(char final, string parameters)
    {
        // A private sequence, as for the mouse; its letters mean something else.
        if (parameters is ['<' or '=' or '>' or '?', ..]) return;
        var numbers = parameters.Split(';');
        var first = int.TryParse(numbers[0], Html.Culture, out var number) ? number : 0;
        var count = Math.Clamp(first, 1, MaxColumn);
        switch (final)
        {
            case 'm': _style = _style.After(parameters); break;
            case 'A': _row = Math.Max(0, _row - count); break;
            case 'B': _row = Math.Min(_lines.Count - 1, _row + count); break;
            case 'C': _column = Math.Min(MaxColumn, _column + count); break;
            case 'D': _column = Math.Max(0, _column - count); break;
            case 'E': (_row, _column) = (Math.Min(_lines.Count - 1, _row + count), 0); break;
            case 'F': (_row, _column) = (Math.Max(0, _row - count), 0); break;
            case 'G': _column = count - 1; break;
            case 'H' or 'f':
                _row = Math.Min(_lines.Count - 1, Math.Max(1, first) - 1);
                _ = int.TryParse(numbers.ElementAtOrDefault(1), Html.Culture, out var column);
                _column = Math.Clamp(column, 1, MaxColumn) - 1;
                break;
            case 'J': EraseScreen(first); break;
            case 'K': EraseLine(first); break;
        }
    }

    /// <summary>The lines as HTML, with a <c>span</c> for each piece of another style.</summary>
    public string ToHtml()
    {
        var html = new StringBuilder();
        foreach (var (index, line) in _lines.Index())
        {
            if (index > 0) html.Append('\n');
            for (var start = 0; start < line.Count;)
            {
                var style = line[start].Style;
                var end = start;
                var text = new StringBuilder();
                for (; end < line.Count && line[end].Style == style; end++) text.Append(line[end].Character.ToString());
                var css = style.ToCss();
                html.Append(css.Length == 0 ? Html.Text(text.ToString()) : $"<span style=\"{css}\">{Html.Text(text.ToString())}</span>");
                start = end;
            }
        }

        return html.ToString();
    }

    private void Put(Rune rune)
    {
        var line = _lines[_row];
        while (line.Count < _column) line.Add((new Rune(' '), new TerminalStyle()));
        if (_column < line.Count) line[_column] = (rune, _style);
        else line.Add((rune, _style));
        _column++;
    }

    // 0: from the cursor on, 1: up to it, 2: all.
    private void EraseLine(int what)
    {
        var line = _lines[_row];
        if (what == 2) line.Clear();
        if (what == 0 && _column < line.Count) line.RemoveRange(_column, line.Count - _column);
        for (var i = 0; what == 1 && i <= _column && i < line.Count; i++) line[i] = (new Rune(' '), new TerminalStyle());
    }

    private void EraseScreen(int what)
    {
        EraseLine(Math.Min(what, 2));
        if (what != 1) _lines.RemoveRange(_row + 1, _lines.Count - _row - 1);
        if (what == 0) return;
        for (var row = 0; row < _row; row++) _lines[row].Clear();
    }
}
