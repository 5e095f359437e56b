namespace Workshop.Handouts;

/// <summary>How every page begins, up to its body.</summary>
internal static class PageHead
{
    /// <summary>
    /// The second lock behind <see cref="NotebookHtml"/>: whatever stands in a page, a browser runs no script but this program's and loads nothing else.
    /// </summary>
    private const string Policy =
        "default-src 'none'; img-src data:; media-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    /// <param name="language">The page's language: <c>en</c> or <c>ja</c>.</param>
    /// <param name="title">As the browser shows it, encoded for HTML.</param>
    /// <param name="printedTitle">What is printed on top of each sheet.</param>
    /// <param name="nonce">What the scripts of this program carry that may run in the page; null when none may.</param>
    public static string ToHtml(string language, string title, string printedTitle, string? nonce = null) => $"""
        <!doctype html>
        <html lang="{language}">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="{Policy}{(nonce is null ? "" : $"; script-src 'nonce-{nonce}'")}">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{title}</title>
        <style>
        {Stylesheet.ForPage(printedTitle)}</style>
        </head>
        """;
}
