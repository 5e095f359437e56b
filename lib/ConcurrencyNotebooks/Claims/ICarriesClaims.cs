namespace ConcurrencyNotebooks;

/// <summary>A value whose output carries claims, each with all of its facts, as JSON in the mime type <see cref="Claim.MimeType"/>.</summary>
internal interface ICarriesClaims
{
    IEnumerable<Claim> Claims { get; }
}
