using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ConcurrencyNotebooks.Site;

/// <summary>What goes wrong: any status code, and a connection that is dropped in mid-answer.</summary>
internal static class Trouble
{
    public static void Map(WebApplication site)
    {
        site.Map("/status/{code:int:range(200,599)}", context =>
        {
            context.Response.StatusCode = int.Parse((string)context.Request.RouteValues["code"]!, CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        });
        site.MapGet("/drop", DropAsync);
    }

    // A hundred bytes are promised, ten come.
    private static async Task DropAsync(HttpContext context)
    {
        context.Response.ContentLength = 100;
        await context.Response.WriteAsync("0123456789");
        await context.Response.Body.FlushAsync();
        context.Abort();
    }
}
