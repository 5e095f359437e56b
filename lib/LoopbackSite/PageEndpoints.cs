namespace LoopbackSite;

/// <summary>Pages to read: a status page, an echo of the request, a hundred posts as JSON, a hundred linked pages.</summary>
internal static class PageEndpoints
{
    private const int Count = 100;
    private const double LongestSeconds = 60;

    private static readonly string[] Words =
        "thread process task lock queue loop await socket timer core switch signal barrier channel".Split(' ');

    public static void Map(WebApplication site)
    {
        site.MapGet("/", () => Results.Json(new { status = "up", posts = Count, pages = Count }));
        site.Map("/echo/{**path}", EchoAsync);
        site.MapGet("/posts/{number:range(1,100)}", Post);
        site.MapGet("/pages/{number:range(1,100)}", PageAsync);
        site.MapFallback(() => Results.Text($"Nothing is here. Posts and pages are numbered from 1 to {Count}.", statusCode: 404));
    }

    private static async Task<IResult> EchoAsync(HttpRequest request, CancellationToken aborted)
    {
        using var body = new StreamReader(request.Body);
        return Results.Json(new
        {
            method = request.Method,
            url = $"{request.Scheme}://{request.Host}{request.Path}{request.QueryString}",
            args = request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()),
            headers = request.Headers.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()),
            data = await body.ReadToEndAsync(aborted),
        });
    }

    private static IResult Post(int number) => Results.Json(new
    {
        userId = (number - 1) / 10 + 1,
        id = number,
        title = Sentence(number, 4),
        body = string.Join('\n', Enumerable.Range(1, 4).Select(line => Sentence(number * 7 + line, 7))),
    });

    // The links make a tree: from page 1, a crawler that follows them finds every page once.
    private static async Task<IResult> PageAsync(int number, double? after, CancellationToken aborted)
    {
        await Task.Delay(TimeSpan.FromSeconds(Math.Clamp(after ?? 0, 0, LongestSeconds)), aborted);
        string[] lines =
        [
            $"<!doctype html>\n<title>Page {number}: {Sentence(number, 3)}</title>",
            .. Enumerable.Range(1, 5).Select(line => $"<p>{Sentence(number * 11 + line, 9)}.</p>"),
            $"<p>Price: <data value=\"{number * 37 % 101}\">{number * 37 % 101} €</data></p>",
            .. new[] { number * 2, number * 2 + 1 }.Where(child => child <= Count)
                .Select(child => $"<a href=\"/pages/{child}\">Page {child}</a>"),
        ];
        return Results.Text(string.Concat(lines.Select(line => line + "\n")), "text/html; charset=utf-8");
    }

    // Always the same words for the same seed, so that every run reads the same pages.
    private static string Sentence(int seed, int words) =>
        string.Join(' ', Enumerable.Range(0, words).Select(index => Words[(seed * 5 + index * (seed % 5 + 1)) % Words.Length]));
}
