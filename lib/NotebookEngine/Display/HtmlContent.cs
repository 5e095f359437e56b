namespace NotebookEngine;

/// <summary>Markup that is shown as it is; everything else is escaped.</summary>
/// <param name="Markup">HTML.</param>
public sealed record HtmlContent(string Markup) : IMimeBundleSource
{
    /// <inheritdoc/>
    public override string ToString() => Markup;

    MimeBundle IMimeBundleSource.ToMimeBundle() => new() { { "text/html", Markup }, { "text/plain", Markup } };
}
