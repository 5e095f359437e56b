namespace Workshop.Handouts;

/// <summary>How every page begins, up to its body.</summary>
internal static class PageHead
{
    /// <param name="language">The page's language: <c>en</c> or <c>ja</c>.</param>
    /// <param name="title">As the browser shows it, encoded for HTML.</param>
    /// <param name="meta">What else stands in the head; may be empty.</param>
    /// <param name="printedTitle">What is printed on top of each sheet.</param>
    public static string ToHtml(string language, string title, string meta, string printedTitle) => $"""
        <!doctype html>
        <html lang="{language}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{title}</title>{(meta.Length > 0 ? "\n" + meta : "")}
        <style>
        {Stylesheet.ForPage(printedTitle)}</style>
        </head>
        """;
}
