using System.Globalization;
using System.Text;

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
        site.MapGet("/", context => context.Response.WriteAsJsonAsync(new { status = "up", posts = Count, pages = Count }));
        site.Map("/echo/{**path}", EchoAsync);
        site.MapGet($"/posts/{{number:range(1,{Count})}}", PostAsync);
        site.MapGet($"/pages/{{number:range(1,{Count})}}", PageAsync);
        site.MapFallback(context => context.RefuseAsync(404, $"Nothing is here. Posts and pages are numbered from 1 to {Count}."));
    }

    private static async Task EchoAsync(HttpContext context)
    {
        var request = context.Request;
        using var body = new StreamReader(request.Body);
        await context.Response.WriteAsJsonAsync(new
        {
            method = request.Method,
            url = $"{request.Scheme}://{request.Host}{request.Path}{request.QueryString}",
            args = request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()),
            headers = request.Headers.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()),
            data = await body.ReadToEndAsync(context.RequestAborted),
        });
    }

    private static Task PostAsync(HttpContext context)
    {
        var number = context.RouteNumber("number");
        return context.Response.WriteAsJsonAsync(new
        {
            userId = (number - 1) / 10 + 1,
            id = number,
            title = Sentence(number, 4),
            body = string.Join('\n', Enumerable.Range(1, 4).Select(line => Sentence(number * 7 + line, 7))),
        });
    }

    // The links make a tree: from page 1, a crawler that follows them finds every page once.
    private static async Task PageAsync(HttpContext context)
    {
        var number = context.RouteNumber("number");
        if (double.TryParse(context.Request.Query["after"], CultureInfo.InvariantCulture, out var seconds))
            await Task.Delay(TimeSpan.FromSeconds(Math.Clamp(seconds, 0, LongestSeconds)), context.RequestAborted);
        var html = new StringBuilder($"<!doctype html>\n<title>Page {number}: {Sentence(number, 3)}</title>\n");
        for (var line = 1; line <= 5; line++) html.Append(CultureInfo.InvariantCulture, $"<p>{Sentence(number * 11 + line, 9)}.</p>\n");
        html.Append(CultureInfo.InvariantCulture, $"<p>Price: <data value=\"{number * 37 % 101}\">{number * 37 % 101} €</data></p>\n");
        foreach (var child in new[] { number * 2, number * 2 + 1 }.Where(child => child <= Count))
            html.Append(CultureInfo.InvariantCulture, $"<a href=\"/pages/{child}\">Page {child}</a>\n");
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(html.ToString(), context.RequestAborted);
    }

    // Always the same words for the same seed, so that every run reads the same pages.
    private static string Sentence(int seed, int words) =>
        string.Join(' ', Enumerable.Range(0, words).Select(index => Words[(seed * 5 + index * (seed % 5 + 1)) % Words.Length]));
}
