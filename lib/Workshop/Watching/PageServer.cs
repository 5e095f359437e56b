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
    private readonly HttpListener _listener = new();
    private readonly byte[] _shell;
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] _page = "<!doctype html><title>…</title>"u8.ToArray();
    private string _line = "";
    private string? _problem;

    // Not from 1: a browser that waits for this program to be started again would not see that the page is another.
    private long _number = DateTime.UtcNow.Ticks / TimeSpan.TicksPerMillisecond;

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

        var nonce = RandomNumberGenerator.GetHexString(32);
        _shell = Encoding.UTF8.GetBytes(Template.Render("watch", new { name, nonce }));
        _ = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>Puts another page in the place of the one before.</summary>
    public void Show(string page) => Change(() => (_page, _number) = (Encoding.UTF8.GetBytes(page), _number + 1));

    /// <summary>Says something above the page.</summary>
    public void Say(string line) => Change(() => _line = line);

    /// <summary>Says a problem instead, until there is none.</summary>
    public void Complain(string? problem) => Change(() => _problem = problem);

    public void Dispose() => _listener.Close();

    private void Change(Action change)
    {
        lock (_gate)
        {
            change();
            _changed.SetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
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
        var (request, response) = (context.Request, context.Response);
        try
        {
            response.Headers["Content-Security-Policy"] = "frame-ancestors 'self'";
            response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
            response.Headers["X-Content-Type-Options"] = "nosniff";
            response.Headers["Referrer-Policy"] = "no-referrer";
            response.Headers["Cache-Control"] = "no-store";
            var path = request.UserHostName == Address.Authority ? request.Url?.AbsolutePath : null;
            if (request.HttpMethod == "GET" && path == "/events") await SendEventsAsync(response);
            var (status, type, content) = (request.HttpMethod == "GET" ? path : "") switch
            {
                "" => (405, "text/plain", "Only GET is answered."u8.ToArray()),
                "/" => (200, "text/html", _shell),
                "/page" => (200, "text/html", _page),
                $"/{Figures.FileName}" when Figures.PlotlyJs is { } plotly => (200, "text/javascript", plotly),
                _ => (404, "text/plain", Encoding.UTF8.GetBytes($"Only {Address} is here.")),
            };
            (response.StatusCode, response.ContentType, response.ContentLength64) = (status, $"{type}; charset=utf-8", content.Length);
            await response.OutputStream.WriteAsync(content);
            response.Close();
        }
        catch (Exception gone) when (gone is HttpListenerException or IOException or ObjectDisposedException)
        {
            response.Abort(); // The browser has left, or this program ends.
        }
    }

    // Each event says all, so that a browser which comes late, or slept, has missed nothing. One that is gone is noticed at the next.
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
                message = JsonSerializer.Serialize(new { page = _number, line = _problem ?? _line, isProblem = _problem is not null });
            }

            await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes($"data: {message}\n\n"));
            await response.OutputStream.FlushAsync();
            await changed;
        }
    }
}
