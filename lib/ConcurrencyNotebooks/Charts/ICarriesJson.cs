namespace ConcurrencyNotebooks;

/// <summary>A value whose output also has a form for programs: its claims, in the mime type <see cref="MimeType"/>.</summary>
internal interface ICarriesJson
{
    const string MimeType = "application/vnd.concurrency-claim+json";

    string ToJson();
}
