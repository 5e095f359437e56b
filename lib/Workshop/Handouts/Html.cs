namespace Workshop.Handouts;

/// <summary>Encodes text for HTML in UTF-8, in which only five characters mean something else than themselves.</summary>
internal static class Html
{
    /// <summary>Encodes text for an element or a quoted attribute.</summary>
    public static string Text(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal)
        .Replace("'", "&#39;", StringComparison.Ordinal);

    /// <summary>Text in which pieces have a class; in their order, and what lies within the piece before is part of it.</summary>
    public static string Coloured(string text, IEnumerable<(int Start, int Length, string Class)> pieces)
    {
        var html = new StringBuilder(text.Length * 2);
        var end = 0;
        foreach (var (start, length, name) in pieces.Where(piece => piece.Length > 0 && piece.Class.Length > 0))
        {
            if (start < end) continue;
            html.Append(Text(text[end..start]) + $"<span class=\"{name}\">{Text(text.Substring(start, length))}</span>");
            end = start + length;
        }

        return html.Append(Text(text[end..])).ToString();
    }
}
