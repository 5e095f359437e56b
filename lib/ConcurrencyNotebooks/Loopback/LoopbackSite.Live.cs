namespace ConcurrencyNotebooks;

public sealed partial class LoopbackSite
{
    // The addresses of the source document.
    private static readonly Uri GitHub = new("https://api.github.com");
    private static readonly Uri HttpBin = new("https://httpbin.org/get");
    private static readonly Uri JsonPlaceholder = new("https://jsonplaceholder.typicode.com/posts/1");

    private static readonly TimeSpan PatienceWithOthers = TimeSpan.FromSeconds(5);

    private readonly Dictionary<Uri, string> _unreachable = [];

    /// <summary>Whether the public addresses were asked for.</summary>
    public bool IsLive { get; }

    /// <summary>The public addresses that could not be reached, so that the site stands in for them, each with the reason.</summary>
    public IReadOnlyList<string> Unreachable => [.. _unreachable.Select(pair => $"{pair.Key}: {pair.Value}")];

    private async Task ReachPublicAsync(CancellationToken cancellationToken)
    {
        var attempts = new[] { GitHub, HttpBin, JsonPlaceholder }.Select(async address => (address, Reason: await TryReachAsync(address, cancellationToken)));
        foreach (var (address, reason) in await Task.WhenAll(attempts))
        {
            if (reason is not null) _unreachable[address] = reason;
        }
    }

    // Any answer will do, an error included: whoever refuses a request has been reached.
    private async Task<string?> TryReachAsync(Uri address, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(PatienceWithOthers);
        try
        {
            using var response = await Client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return null;
        }
        catch (HttpRequestException exception)
        {
            return exception.Message;
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested(); // The caller's own token, and not the one that is linked to it.
            return $"no answer within {PatienceWithOthers.TotalSeconds} seconds";
        }
    }

    private Uri? Public(Uri address) => IsLive && !_unreachable.ContainsKey(address) ? address : null;
}
