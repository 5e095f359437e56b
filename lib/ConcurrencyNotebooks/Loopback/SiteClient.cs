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
    public static int MostConnections { get; } = Math.Max(50, Descriptors() - OtherDescriptors);

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

    // The runtime raises its soft limit to the hard one when it starts, to 10,240 on macOS; Windows has no such limit.
    private static int Descriptors()
    {
        if (!OperatingSystem.IsLinux()) return OperatingSystem.IsWindows() ? 100_000 : 10_240;
        var limit = File.ReadLines("/proc/self/limits").FirstOrDefault(line => line.StartsWith("Max open files", StringComparison.Ordinal));
        var soft = limit?.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3];
        return int.TryParse(soft, out var descriptors) ? Math.Min(descriptors, 100_000) : 100_000;
    }

    private sealed class ProxyForOthers(IWebProxy proxy) : IWebProxy
    {
        public ICredentials? Credentials
        {
            get => proxy.Credentials;
            set => proxy.Credentials = value;
        }

        public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : proxy.GetProxy(destination);

        public bool IsBypassed(Uri host) => host.IsLoopback || proxy.IsBypassed(host);
    }
}
