using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ConcurrencyNotebooks.Site;

/// <summary>What goes wrong: any status code, a connection dropped in mid-answer, redirects without end, an address that fails at first.</summary>
internal static class Trouble
{
    private static readonly ConcurrentDictionary<string, int> Attempts = new();

    public static void Map(WebApplication site)
    {
        site.Map("/status/{code:int:range(200,599)}", context =>
        {
            context.Response.StatusCode = Number(context, "code");
            return Task.CompletedTask;
        });
        site.MapGet("/drop", DropAsync);
        site.MapGet("/redirect/loop", context =>
        {
            context.Response.Redirect("/redirect/loop");
            return Task.CompletedTask;
        });
        site.MapGet("/redirect/{times:int:range(1,40)}", context =>
        {
            var left = Number(context, "times") - 1;
            context.Response.Redirect(left == 0 ? "/" : $"/redirect/{left}");
            return Task.CompletedTask;
        });
        site.MapGet("/flaky/{name}/{failures:int:range(0,1000)}", FlakyAsync);
    }

    // A hundred bytes are promised, ten come.
    private static async Task DropAsync(HttpContext context)
    {
        context.Response.ContentLength = 100;
        await context.Response.WriteAsync("0123456789");
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    // Fails so many times, succeeds once, and begins again; each name counts for itself, so that notebooks do not disturb each other.
    private static Task FlakyAsync(HttpContext context)
    {
        var failures = Number(context, "failures");
        var attempt = Attempts.AddOrUpdate($"{context.Request.RouteValues["name"]}/{failures}", 1, (_, before) => before % (failures + 1) + 1);
        if (attempt > failures) return context.Response.WriteAsync($"ok at attempt {attempt}");
        context.Response.Headers.RetryAfter = "0";
        return Pages.RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, $"attempt {attempt} fails, and {failures - attempt} more");
    }

    private static int Number(HttpContext context, string name) =>
        int.Parse((string)context.Request.RouteValues[name]!, CultureInfo.InvariantCulture); // The routes take nothing else.
}
