namespace ConcurrencyNotebooks;

/// <summary>A value whose output carries claims with all of their facts, in the mime type <see cref="Claim.MimeType"/>.</summary>
internal interface ICarriesClaims
{
    IEnumerable<Claim> Claims { get; }
}
