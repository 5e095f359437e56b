namespace NotebookEngine;

/// <summary>Text that the front end renders as Markdown.</summary>
/// <param name="Text">Markdown.</param>
public sealed record MarkdownContent(string Text) : IMimeBundleSource
{
    /// <inheritdoc/>
    public override string ToString() => Text;

    MimeBundle IMimeBundleSource.ToMimeBundle() => new() { { "text/markdown", Text }, { "text/plain", Text } };
}
