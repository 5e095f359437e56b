using System.Collections.Concurrent;

namespace ConcurrencyNotebooks;

public sealed partial class LoopbackSite
{
    // The addresses of the source document.
    private static readonly Uri GitHub = new("https://api.github.com");
    private static readonly Uri HttpBin = new("https://httpbin.org/get");
    private static readonly Uri JsonPlaceholder = new("https://jsonplaceholder.typicode.com/posts/1");

    private readonly ConcurrentBag<Uri> _unreachable = []; // The site stands in for them.

    /// <summary>Whether the public addresses were asked for.</summary>
    public bool IsLive { get; }

    /// <summary>A status page, as JSON.</summary>
    public Uri StatusPage => Public(GitHub) ?? Address;

    /// <summary>Answers with the request that came: method, address, arguments, headers and body, as JSON.</summary>
    public Uri Echo => Public(HttpBin) ?? On("echo/get");

    /// <summary>The status page, the echo, and the first post: the three pages that the source document fetches.</summary>
    public IReadOnlyList<Uri> Pages => [StatusPage, Echo, Post(1)];

    /// <summary>The address of a web socket that sends back what it gets.</summary>
    public Uri Socket => new UriBuilder(On("socket")) { Scheme = "ws" }.Uri;

    /// <summary>Promises a hundred bytes, and drops the connection after ten.</summary>
    public Uri Drop => On("drop");

    /// <summary>A post as JSON, with userId, id, title and body.</summary>
    /// <param name="number">1 to 100; any other is not found.</param>
    public Uri Post(int number) => Public(JsonPlaceholder) is { } live ? new(live, $"/posts/{number}") : On($"posts/{number}");

    /// <summary>A page in HTML with links to others; following them from page 1 on finds each of the hundred once.</summary>
    /// <param name="number">1 to 100; any other is not found.</param>
    /// <param name="after">The seconds until it answers, 0 to 60: those that a site needs which is farther away.</param>
    public Uri Page(int number, double after = 0) => On($"pages/{number}" + (after > 0 ? $"?after={Decimal(after)}" : ""));

    /// <summary>The same page, from a site that is farther away.</summary>
    /// <param name="number">1 to 100; any other is not found.</param>
    /// <param name="seconds">How long it takes to answer, 0 to 60.</param>
    public Uri SlowPage(int number, double seconds) => Page(number, seconds);

    /// <summary>Answers after that time.</summary>
    /// <param name="seconds">0 to 60.</param>
    public Uri Delay(double seconds) => On($"delay/{Decimal(seconds)}");

    /// <summary>Answers when that many requests wait there, all of them at once; after 30 seconds it gives up with 503.</summary>
    /// <param name="count">1 to 100,000.</param>
    public Uri Together(int count) => On($"together/{count}");

    /// <summary>Answers with that status code.</summary>
    /// <param name="code">200 to 599.</param>
    public Uri Status(int code) => On($"status/{code}");

    private static string Decimal(double seconds) => seconds.ToString("0.######", CultureInfo.InvariantCulture);

    private Uri On(string path) => new(Address, path);

    private Uri? Public(Uri address) => IsLive && !_unreachable.Contains(address) ? address : null;

    // Any answer will do, an error included: a server that refuses a request has been reached.
    private async Task TryReachAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
                .WaitAsync(TimeSpan.FromSeconds(5), cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or TimeoutException)
        {
            _unreachable.Add(address);
        }
    }
}
