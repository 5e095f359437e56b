using System.Collections.Concurrent;

namespace ConcurrencyNotebooks;

public sealed partial class LoopbackSite
{
    // The addresses of the source document.
    private static readonly Uri GitHub = new("https://api.github.com");
    private static readonly Uri HttpBin = new("https://httpbin.org/get");
    private static readonly Uri JsonPlaceholder = new("https://jsonplaceholder.typicode.com/posts/1");

    private static readonly TimeSpan ReachLimit = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Uri, string> _unreachable = [];

    /// <summary>Whether the public addresses were asked for.</summary>
    public bool IsLive { get; }

    /// <summary>The public addresses that could not be reached, so that the site stands in for them, each with the reason.</summary>
    public IReadOnlyList<string> Unreachable => [.. _unreachable.Select(pair => $"{pair.Key}: {pair.Value}")];

    private Task ReachPublicAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(new[] { GitHub, HttpBin, JsonPlaceholder }.Select(address => TryReachAsync(address, cancellationToken)));

    // Any answer will do, an error included: a server that refuses a request has been reached.
    private async Task TryReachAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
                .WaitAsync(ReachLimit, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or TimeoutException)
        {
            _unreachable[address] = exception.Message;
        }
    }

    private Uri? Public(Uri address) => IsLive && !_unreachable.ContainsKey(address) ? address : null;
}
