using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ConcurrencyNotebooks.Site;

/// <summary>What takes its time: a delayed answer, requests that wait for each other, and a web socket that echoes. None holds a thread.</summary>
internal static class Waiting
{
    private const double LongestSeconds = 60;

    private static readonly TimeSpan LongestMeeting = TimeSpan.FromSeconds(30);
    private static readonly ConcurrentDictionary<int, Meeting> Meetings = new();

    public static void Map(WebApplication site)
    {
        site.MapGet("/delay/{seconds}", DelayAsync);
        site.MapGet("/together/{count:int:range(1,100000)}", TogetherAsync);
        site.Map("/socket", SocketAsync);
    }

    private static async Task DelayAsync(HttpContext context)
    {
        if (Seconds(context) is not { } seconds)
        {
            await Pages.RefuseAsync(context, StatusCodes.Status400BadRequest, $"A delay is a number of seconds from 0 to {LongestSeconds}.");
            return;
        }

        await Task.Delay(TimeSpan.FromSeconds(seconds), context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (context.RequestAborted.IsCancellationRequested) return;
        await context.Response.WriteAsync("done");
    }

    // Answers all of them when the last has come, so that they are known to be in flight at once, however slow the machine is.
    private static async Task TogetherAsync(HttpContext context)
    {
        var count = int.Parse((string)context.Request.RouteValues["count"]!, CultureInfo.InvariantCulture); // The route takes nothing else.
        var meeting = Meetings.GetOrAdd(count, static expected => new(expected));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(LongestMeeting);
        if (await meeting.JoinAsync(limit.Token))
            await context.Response.WriteAsync("all are here");
        else if (!context.RequestAborted.IsCancellationRequested)
            await Pages.RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, $"Less than {count} requests came within {LongestMeeting.TotalSeconds} seconds.");
    }

    private static async Task SocketAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await Pages.RefuseAsync(context, StatusCodes.Status426UpgradeRequired, "Connect to this address with a ClientWebSocket.");
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted) is { MessageType: not WebSocketMessageType.Close } part)
                await socket.SendAsync(buffer.AsMemory(0, part.Count), part.MessageType, part.EndOfMessage, context.RequestAborted);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // The client hung up without closing; there is nobody left to answer.
        }
    }

    private static double? Seconds(HttpContext context) =>
        double.TryParse((string?)context.Request.RouteValues["seconds"], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
        && seconds <= LongestSeconds
            ? seconds
            : null;
}
