namespace LoopbackSite;

/// <summary>Counts the requests that are being answered at one moment, web sockets included; asking for the count is not counted.</summary>
internal sealed class InFlightCounter
{
    private const string Address = "/in-flight";

    private readonly Lock _lock = new();
    private int _current;
    private int _peak;

    /// <summary>Counts one request; runs around every other middleware.</summary>
    public async Task CountAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path == Address)
        {
            // DELETE forgets the peak and answers with it: no request can fall between the two.
            var (current, peak) = Read(reset: HttpMethods.IsDelete(context.Request.Method));
            await context.Response.WriteAsJsonAsync(new { current, peak });
            return;
        }

        lock (_lock) _peak = Math.Max(_peak, ++_current);
        try
        {
            await next(context);
        }
        finally
        {
            lock (_lock) _current--;
        }
    }

    private (int Current, int Peak) Read(bool reset)
    {
        lock (_lock)
        {
            var count = (_current, _peak);
            if (reset) _peak = _current;
            return count;
        }
    }
}
