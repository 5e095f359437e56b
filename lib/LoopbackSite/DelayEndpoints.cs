using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;

namespace LoopbackSite;

/// <summary>Answers that take their time: a delay, requests that wait for each other, a web socket's echo. None holds a thread.</summary>
internal static class DelayEndpoints
{
    private const double LongestSeconds = 60;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly ConcurrentDictionary<int, Rendezvous> OpenRendezvous = new();

    public static void Map(WebApplication site)
    {
        site.MapGet("/delay/{seconds}", DelayAsync);
        site.MapGet("/together/{count:range(1,100000)}", TogetherAsync);
        site.Map("/socket", SocketAsync);
    }

    private static async Task DelayAsync(HttpContext context)
    {
        var text = (string?)context.Request.RouteValues["seconds"];
        if (!double.TryParse(text, CultureInfo.InvariantCulture, out var seconds) || seconds is not (>= 0 and <= LongestSeconds))
        {
            await context.RefuseAsync(400, $"A delay is a number of seconds from 0 to {LongestSeconds}.");
            return;
        }

        await Task.Delay(TimeSpan.FromSeconds(seconds), context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (context.RequestAborted.IsCancellationRequested) return;
        await context.Response.WriteAsync("done");
    }

    // Answers all of them when the last has come, so that they are known to be in flight at once, however slow the machine is.
    private static async Task TogetherAsync(HttpContext context)
    {
        var count = context.RouteNumber("count");
        var rendezvous = OpenRendezvous.GetOrAdd(count, static expected => new(expected));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(LongestWait);
        if (await rendezvous.JoinAsync(limit.Token))
            await context.Response.WriteAsync("all are here");
        else if (!context.RequestAborted.IsCancellationRequested)
            await context.RefuseAsync(503, $"Fewer than {count} requests came within {LongestWait.TotalSeconds} seconds.");
    }

    private static async Task SocketAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted) is var part
                && part.MessageType != WebSocketMessageType.Close)
                await socket.SendAsync(buffer.AsMemory(0, part.Count), part.MessageType, part.EndOfMessage, context.RequestAborted);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // The client hung up without closing; there is nobody left to answer.
        }
    }
}
