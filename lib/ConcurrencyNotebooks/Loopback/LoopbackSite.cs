using System.Net;
using System.Net.Http.Json;

namespace ConcurrencyNotebooks;

/// <summary>
/// A local web site, on the loopback interface and in a process of its own: it answers as fast when this process's
/// threads are all taken, and it counts how many requests were in flight.
/// </summary>
/// <remarks>
/// With <c>CONCURRENCY_NOTEBOOKS_LIVE=1</c> in the environment, the addresses that have a public counterpart
/// (<see cref="StatusPage"/>, <see cref="Echo"/>, <see cref="Post"/>) are the public ones, unless they cannot be reached. The
/// others stay on loopback: what loads a server has no business on somebody else's. Safe for several threads. The site ends with
/// its owner, disposed or not, even when the owner is killed.
/// </remarks>
/// <example>
/// <code>
/// await using (var site = await LoopbackSite.StartAsync())
/// {
///     var pages = await Task.WhenAll(site.Pages.Select(page => site.Client.GetStringAsync(page)));
///     var inFlight = await site.InFlightAsync();
///     Console.WriteLine($"{pages.Length} pages, {inFlight.Peak} requests at once");
/// }
/// </code>
/// </example>
public sealed partial class LoopbackSite : IAsyncDisposable
{
    // Each connection takes a file descriptor, and past the limit of the process requests would fail. It holds others too: assemblies,
    // pipes, timers, the notebook host's own sockets.
    private static readonly int MostConnections = Math.Max(50, Machine.Descriptors - 500);
    private static readonly HttpClient ForAnyAddress = NewClient(null);

    private readonly SiteProcess _process;

    private LoopbackSite(SiteProcess process, bool isLive)
    {
        _process = process;
        IsLive = isLive;
        Client = NewClient(process.Address);
    }

    /// <summary>The address of the site: 127.0.0.1 and a free port.</summary>
    public Uri Address => _process.Address;

    internal int ProcessId => _process.Id;

    /// <summary>A client for any number of requests; what exceeds <see cref="MostRequestsAtOnce"/> queues.</summary>
    public HttpClient Client { get; }

    /// <summary>
    /// The number of requests that can be in flight at once. The limit of open files of this process decides: about 500 where it is 1,024.
    /// </summary>
    public int MostRequestsAtOnce { get; } = MostConnections;

    /// <summary>
    /// Starts the site and waits until it answers; with the public addresses, until each has answered or failed to for 5 seconds.
    /// </summary>
    /// <exception cref="ProgramException">It did not start, or cannot be reached.</exception>
    /// <exception cref="FileNotFoundException">It is not built.</exception>
    public static Task<LoopbackSite> StartAsync(CancellationToken cancellationToken = default) =>
        StartAsync(
            RepositoryFile.Find("LoopbackSite.dll", "lib/bin/LoopbackSite.dll"),
            Environment.GetEnvironmentVariable("CONCURRENCY_NOTEBOOKS_LIVE") == "1",
            cancellationToken);

    /// <summary>Asks the site how many requests it was answering. Asking is not counted, and public addresses are not either.</summary>
    /// <param name="reset">Whether to start counting the peak again.</param>
    /// <param name="cancellationToken">Gives up asking.</param>
    public async Task<InFlight> InFlightAsync(bool reset = false, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(reset ? HttpMethod.Delete : HttpMethod.Get, On("in-flight"));
        using var response = await Client.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<InFlight>(cancellationToken)
            ?? throw new InvalidDataException("The site answered null instead of its count.");
    }

    /// <summary>Fetches a page and blocks the calling thread until it is there. Static, so that another process can run it.</summary>
    /// <param name="address">The address of a page of a site that is running.</param>
    /// <exception cref="HttpRequestException">The site refused, or cannot be reached.</exception>
    /// <example>
    /// <code>
    /// await using (var site = await LoopbackSite.StartAsync())
    /// await using (var pool = new ProcessPool(workers: 1))
    ///     Console.WriteLine(await pool.RunAsync(LoopbackSite.Fetch, site.Page(1).AbsoluteUri));
    /// </code>
    /// </example>
    public static string Fetch(string address)
    {
        using var response = ForAnyAddress.Send(new HttpRequestMessage(HttpMethod.Get, address));
        response.EnsureSuccessStatusCode();
        using var text = new StreamReader(response.Content.ReadAsStream());
        return text.ReadToEnd();
    }

    /// <summary>Ends the site; requests that are in flight fail.</summary>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _process.DisposeAsync();
    }

    internal static async Task<LoopbackSite> StartAsync(string assembly, bool isLive, CancellationToken cancellationToken)
    {
        var site = new LoopbackSite(await SiteProcess.StartAsync(assembly, cancellationToken), isLive);
        try
        {
            await site.InFlightAsync(cancellationToken: cancellationToken);
            Uri[] publicAddresses = isLive ? [GitHub, HttpBin, JsonPlaceholder] : [];
            await Task.WhenAll(publicAddresses.Select(address => site.TryReachAsync(address, cancellationToken)));
            return site;
        }
        catch (Exception exception)
        {
            await site.DisposeAsync();
            if (exception is not HttpRequestException) throw;
            throw new ProgramException(
                $"The loopback site has started, but {site.Address} cannot be reached: {exception.Message}. "
                + "Is the loopback interface up? On Linux, 'ip link set lo up' brings it up",
                cause: exception);
        }
    }

    private static HttpClient NewClient(Uri? address) => new(new SocketsHttpHandler
    {
        MaxConnectionsPerServer = MostConnections,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
        Proxy = new ProxyForOthers(HttpClient.DefaultProxy),
    })
    {
        BaseAddress = address,
        DefaultRequestHeaders = { { "User-Agent", "concurrency-notebooks" } }, // Public interfaces refuse requests without it.
    };

    private sealed class ProxyForOthers(IWebProxy proxy) : IWebProxy
    {
        public ICredentials? Credentials { get; set; } = proxy.Credentials;

        public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : proxy.GetProxy(destination);

        public bool IsBypassed(Uri host) => host.IsLoopback || proxy.IsBypassed(host);
    }
}
