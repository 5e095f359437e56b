using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Workshop.Handouts;

namespace Workshop.Watching;

/// <summary>Shows a page, and a line above it, in any number of browsers of this machine, and tells them when either changes.</summary>
/// <remarks>
/// <code>
///   /            the line, and a frame for the page; its script listens to
///   /events      server-sent events: the line and the number of the page, at once and at each change
///   /page        the page, as a handout is
///   /plotly.min.js
/// </code>
/// Nothing else is served and no path is ever looked up on the disk. It listens on 127.0.0.1 alone and answers only to that name: a site
/// on the web that points a name of its own here gets nothing.
/// </remarks>
internal sealed class PageServer : IDisposable
{
    /// <summary>A browser that is gone is noticed when it is written to.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private readonly HttpListener _listener = new();
    private readonly string _shell;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _end = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] _page = Encoding.UTF8.GetBytes("<!doctype html><title>…</title>");

    // Not from 1: a browser that waits for this program to be started again would not see that the page is another.
    private long _number = DateTime.UtcNow.Ticks / TimeSpan.TicksPerMillisecond;
    private string _line = "";
    private bool _isProblem;

    /// <param name="name">What the browser shows until there is a page.</param>
    /// <param name="port">Null for one that is free.</param>
    /// <exception cref="InputException">The port cannot be had.</exception>
    public PageServer(string name, int? port)
    {
        Address = new Uri($"http://{IPAddress.Loopback}:{port ?? FreePort()}/");
        _listener.Prefixes.Add(Address.AbsoluteUri);
        try
        {
            _listener.Start();
        }
        catch (HttpListenerException exception)
        {
            throw new InputException(
                $"Port {Address.Port} cannot be had: {exception.Message}. "
                + "Choose another one with --port, or leave --port out for one that is free.", exception);
        }

        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        _shell = Template.Render("watch", new { name, nonce });
        _ = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>Puts another page in the place of the one before.</summary>
    public void Show(string page) => Change(() => (_page, _number) = (Encoding.UTF8.GetBytes(page), _number + 1));

    /// <summary>Says something above the page.</summary>
    public void Say(string line, bool isProblem) => Change(() => (_line, _isProblem) = (line, isProblem));

    public void Dispose()
    {
        _end.Cancel();
        _listener.Close();
    }

    private void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            change();
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = AnswerAsync(await _listener.GetContextAsync());
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
            // The end of the program.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            var (request, response) = (context.Request, context.Response);
            foreach (var (header, value) in new[]
            {
                ("Content-Security-Policy", "frame-ancestors 'self'"), ("Cross-Origin-Resource-Policy", "same-origin"),
                ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"), ("Cache-Control", "no-store"),
            })
                response.Headers[header] = value;

            var path = request.UserHostName == Address.Authority ? request.Url?.AbsolutePath : null;
            if (request.HttpMethod != "GET") await SendAsync(response, "text/plain", "Only GET is answered.", 405);
            else if (path == "/") await SendAsync(response, "text/html", _shell);
            else if (path == "/events") await SendEventsAsync(response);
            else if (path == "/page") await SendAsync(response, "text/html", _page);
            else if (path == $"/{Figures.FileName}" && Figures.PlotlyJs is { } plotly) await SendAsync(response, "text/javascript", plotly);
            else await SendAsync(response, "text/plain", $"Only {Address} is here.", 404);
        }
        catch (Exception gone) when (gone is HttpListenerException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            context.Response.Abort(); // The browser has left, or this program ends.
        }
    }

    private static Task SendAsync(HttpListenerResponse response, string type, string text, int status = 200) =>
        SendAsync(response, type, Encoding.UTF8.GetBytes(text), status);

    private static async Task SendAsync(HttpListenerResponse response, string type, byte[] content, int status = 200)
    {
        (response.StatusCode, response.ContentType, response.ContentLength64) = (status, $"{type}; charset=utf-8", content.Length);
        await response.OutputStream.WriteAsync(content);
        response.Close();
    }

    // Each event says all, so that a browser which comes late, or slept, has missed nothing.
    private async Task SendEventsAsync(HttpListenerResponse response)
    {
        (response.ContentType, response.SendChunked) = ("text/event-stream", true);
        while (true)
        {
            Task changed;
            string message;
            lock (_gate)
            {
                changed = _changed.Task;
                message = JsonSerializer.Serialize(new { page = _number, line = _line, isProblem = _isProblem });
            }

            await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes($"data: {message}\n\n"), _end.Token);
            await response.OutputStream.FlushAsync(_end.Token);
            await Task.WhenAny(changed, Task.Delay(Heartbeat, _end.Token));
            _end.Token.ThrowIfCancellationRequested();
        }
    }
}
