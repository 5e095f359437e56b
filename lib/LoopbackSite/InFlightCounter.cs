namespace LoopbackSite;

/// <summary>Counts the requests that are being answered at one moment, web sockets included; asking for the count is not counted.</summary>
internal sealed class InFlightCounter
{
    private const string Address = "/in-flight";

    private readonly Lock _lock = new();
    private int _current;
    private int _peak;
    private long _total;

    /// <summary>Counts one request; runs around every other middleware.</summary>
    public async Task CountAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path == Address)
        {
            // DELETE forgets the peak and the total and answers with what it forgot: no request can fall between the two.
            var (current, peak, total) = Read(reset: HttpMethods.IsDelete(context.Request.Method));
            await context.Response.WriteAsJsonAsync(new { current, peak, total });
            return;
        }

        lock (_lock)
        {
            _total++;
            _peak = Math.Max(_peak, ++_current);
        }

        try
        {
            await next(context);
        }
        finally
        {
            lock (_lock) _current--;
        }
    }

    private (int Current, int Peak, long Total) Read(bool reset)
    {
        lock (_lock)
        {
            var count = (_current, _peak, _total);
            if (reset) (_peak, _total) = (_current, _current);
            return count;
        }
    }
}
