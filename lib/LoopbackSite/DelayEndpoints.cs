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

    private static async Task<IResult> DelayAsync(string seconds, CancellationToken aborted)
    {
        if (!double.TryParse(seconds, CultureInfo.InvariantCulture, out var time) || time is not (>= 0 and <= LongestSeconds))
            return Results.Text($"A delay is a number of seconds from 0 to {LongestSeconds}.", statusCode: 400);
        await Task.Delay(TimeSpan.FromSeconds(time), aborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return aborted.IsCancellationRequested ? Results.Empty : Results.Text("done");
    }

    // Answers all of them when the last has come, so that they are known to be in flight at once, however slow the machine is.
    private static async Task<IResult> TogetherAsync(int count, CancellationToken aborted)
    {
        var rendezvous = OpenRendezvous.GetOrAdd(count, static expected => new(expected));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        limit.CancelAfter(LongestWait);
        if (await rendezvous.JoinAsync(limit.Token)) return Results.Text("all are here");
        return aborted.IsCancellationRequested
            ? Results.Empty
            : Results.Text($"Fewer than {count} requests came within {LongestWait.TotalSeconds} seconds.", statusCode: 503);
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
