namespace Workshop.Handouts;

/// <summary>Text that a program wrote for a terminal, as the terminal would have left it.</summary>
internal static class AnsiText
{
    /// <summary>The text as HTML, with colours and weight; of what was overwritten or erased, nothing.</summary>
    public static string ToHtml(string text) => TerminalScreen.IsPlain(text)
        ? Html.Text(text)
        : string.Join('\n', TerminalScreen.Of(text).Lines().Select(line => string.Concat(line.Select(Span))));

    private static string Span((string Text, TerminalStyle Style) piece) => piece.Style.ToCss() is { Length: > 0 } css
        ? $"<span style=\"{css}\">{Html.Text(piece.Text)}</span>"
        : Html.Text(piece.Text);
}
