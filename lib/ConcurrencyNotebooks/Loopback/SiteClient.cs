using System.Net;

namespace ConcurrencyNotebooks;

/// <summary>Makes the one <see cref="HttpClient"/> that a notebook shares.</summary>
internal static class SiteClient
{
    // What the process holds besides connections: assemblies, pipes, timers, the notebook host's own sockets.
    private const int OtherDescriptors = 500;

    /// <summary>
    /// The number of connections that fit. Each takes a file descriptor; past the limit of the process requests would fail, so they queue.
    /// </summary>
    public static int MostConnections { get; } = Math.Max(50, Machine.Descriptors - OtherDescriptors);

    /// <summary>One for this process, for addresses in full.</summary>
    public static HttpClient Shared { get; } = Create(null);

    public static HttpClient Create(Uri? address) => new(new SocketsHttpHandler
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
