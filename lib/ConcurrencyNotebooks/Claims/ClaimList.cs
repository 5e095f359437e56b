namespace ConcurrencyNotebooks;

/// <summary>Several claims as the one last value of a cell, one below the other.</summary>
/// <example>
/// <code>
/// Claims.All(
///     Claims.Exactly("There are 168 primes below 1,000", Primes.Count(1, 1_000), 168, unit: "primes"),
///     Claims.Holds("997 is one of them", Primes.IsPrime(997)))
/// </code>
/// </example>
[TypeFormatterSource(typeof(OutputFormatterSource), PreferredMimeTypes = ["text/html", "text/plain", Claim.MimeType])]
public sealed class ClaimList : IRichOutput
{
    internal ClaimList(IEnumerable<Claim> claims) => Claims = [.. claims];

    /// <summary>The claims, in the order in which they are shown.</summary>
    public IReadOnlyList<Claim> Claims { get; }

    string IRichOutput.ClaimsAsJson => ClaimReader.Write([.. Claims]);

    /// <summary>The claims as HTML.</summary>
    public string ToHtml() => string.Concat(Claims.Select(claim => claim.ToHtml()));

    /// <summary>One line for each claim.</summary>
    public override string ToString() => string.Join('\n', Claims);
}
