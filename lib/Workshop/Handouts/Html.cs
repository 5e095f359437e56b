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

    public static string Span(string name, string text) => $"<span class=\"{name}\">{Text(text)}</span>";
}
