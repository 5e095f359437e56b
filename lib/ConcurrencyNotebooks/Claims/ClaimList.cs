namespace ConcurrencyNotebooks;

/// <summary>Several claims as the one last value of a cell, one below the other.</summary>
[TypeFormatterSource(typeof(OutputFormatterSource), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class ClaimList : IRichOutput
{
    internal ClaimList(IEnumerable<Claim> claims) => Claims = [.. claims];

    /// <summary>The claims, in the order in which they are shown.</summary>
    public IReadOnlyList<Claim> Claims { get; }

    /// <summary>The claims as HTML, each with its own <c>data-claim</c>.</summary>
    public string ToHtml() => string.Join('\n', Claims.Select(claim => claim.ToHtml()));

    /// <summary>One line for each claim.</summary>
    public override string ToString() => string.Join('\n', Claims);
}
