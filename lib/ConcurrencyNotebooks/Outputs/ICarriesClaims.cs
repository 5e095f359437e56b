namespace ConcurrencyNotebooks;

/// <summary>A value whose output also has its claims in a form for programs.</summary>
internal interface ICarriesClaims
{
    const string MimeType = "application/vnd.concurrency-claim+json";

    string ClaimsToJson();
}
