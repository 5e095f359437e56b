namespace ConcurrencyNotebooks;

public sealed partial class LoopbackSite
{
    // The addresses of the source document.
    private static readonly Uri GitHub = new("https://api.github.com");
    private static readonly Uri HttpBin = new("https://httpbin.org/get");
    private static readonly Uri JsonPlaceholder = new("https://jsonplaceholder.typicode.com/posts/1");

    private static readonly TimeSpan ReachLimit = TimeSpan.FromSeconds(5);

    private readonly Dictionary<Uri, string> _unreachable = [];

    /// <summary>Whether the public addresses were asked for.</summary>
    public bool IsLive { get; }

    /// <summary>The public addresses that could not be reached, so that the site stands in for them, each with the reason.</summary>
    public IReadOnlyList<string> Unreachable => [.. _unreachable.Select(pair => $"{pair.Key}: {pair.Value}")];

    private async Task ReachPublicAsync(CancellationToken cancellationToken)
    {
        Uri[] addresses = [GitHub, HttpBin, JsonPlaceholder];
        var reasons = await Task.WhenAll(addresses.Select(address => WhyUnreachableAsync(address, cancellationToken)));
        foreach (var (address, reason) in addresses.Zip(reasons))
        {
            if (reason is not null) _unreachable[address] = reason;
        }
    }

    // Any answer will do, an error included: a server that refuses a request has been reached.
    private async Task<string?> WhyUnreachableAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
                .WaitAsync(ReachLimit, cancellationToken);
            return null;
        }
        catch (Exception exception) when (exception is HttpRequestException or TimeoutException)
        {
            return exception.Message;
        }
    }

    private Uri? Public(Uri address) => IsLive && !_unreachable.ContainsKey(address) ? address : null;
}
