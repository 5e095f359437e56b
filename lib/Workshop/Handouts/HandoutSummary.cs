using Claim = ConcurrencyNotebooks.Claim;

namespace Workshop.Handouts;

/// <summary>What the index says about a page.</summary>
/// <param name="Url">The page's address, as seen from the index.</param>
/// <param name="Title">The notebook's title.</param>
/// <param name="Lead">Its first paragraph, shortened.</param>
/// <param name="Source">What the page was made from.</param>
/// <param name="Claims">The claims on it.</param>
/// <param name="IsEarlier">Whether the page is there from an earlier run; its claims are then not known.</param>
internal sealed record HandoutSummary(
    string Url, string Title, string Lead, HandoutSource Source, IReadOnlyList<Claim> Claims, bool IsEarlier = false)
{
    /// <summary>The language of the notebook.</summary>
    public string Language => HandoutTexts.For(Source.File.Language).Language;

    /// <summary>What the claims were measured on.</summary>
    public string? Machine => Claims.Select(claim => claim.Machine).FirstOrDefault(name => name is { Length: > 0 });
}
