namespace ConcurrencyNotebooks;

/// <summary>A value whose output also has its chart in a form for programs.</summary>
internal interface ICarriesChart
{
    const string MimeType = "application/vnd.concurrency-chart+json";

    string ToJson();
}
