namespace ConcurrencyNotebooks;

/// <summary>A value that renders itself in a notebook; its ToString is its plain text.</summary>
internal interface IRichOutput
{
    const string ChartMimeType = "application/vnd.concurrency-chart+json";
    const string ClaimsMimeType = "application/vnd.concurrency-claim+json";

    // For programs; null where it has none.
    string? ChartAsJson => null;

    string? ClaimsAsJson => null;

    string ToHtml();
}
