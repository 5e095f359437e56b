namespace LoopbackSite;

/// <summary>What goes wrong: any status code, and a connection that is dropped in mid-answer.</summary>
internal static class FaultEndpoints
{
    public static void Map(WebApplication site)
    {
        site.Map("/status/{code:range(200,599)}", (int code) => Results.StatusCode(code));
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
