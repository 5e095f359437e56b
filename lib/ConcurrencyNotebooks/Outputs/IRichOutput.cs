namespace ConcurrencyNotebooks;

/// <summary>A value that renders itself in a notebook; its ToString is its plain text.</summary>
internal interface IRichOutput
{
    string ToHtml();
}
