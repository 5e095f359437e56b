using System.Globalization;

namespace ConcurrencyNotebooks;

public sealed partial class LoopbackSite
{
    /// <summary>A status page, as JSON.</summary>
    public Uri StatusPage => Public(GitHub) ?? Address;

    /// <summary>Answers with the request that came: method, address, arguments, headers and body, as JSON.</summary>
    public Uri Echo => Public(HttpBin) ?? On("echo/get");

    /// <summary>The status page, the echo, and the first post: the three pages that the source document fetches.</summary>
    public IReadOnlyList<Uri> Pages => [StatusPage, Echo, Post(1)];

    /// <summary>Where to connect a web socket that sends back what it gets.</summary>
    public Uri Socket => new UriBuilder(On("socket")) { Scheme = "ws" }.Uri;

    /// <summary>Promises a hundred bytes, and drops the connection after ten.</summary>
    public Uri Drop => On("drop");

    /// <summary>Redirects to itself; <see cref="HttpClient"/> gives up after 50 times and returns the last redirection.</summary>
    public Uri RedirectLoop => On("redirect/loop");

    /// <summary>A post as JSON, with userId, id, title and body.</summary>
    /// <param name="number">1 to 100; any other is not found.</param>
    public Uri Post(int number) => Public(JsonPlaceholder) is { } live ? new(live, $"/posts/{number}") : On($"posts/{number}");

    /// <summary>A page in HTML with links to others; following them from page 1 on finds each of the hundred once.</summary>
    /// <param name="number">1 to 100; any other is not found.</param>
    public Uri Page(int number) => On($"pages/{number}");

    /// <summary>Answers after that time.</summary>
    /// <param name="seconds">0 to 60.</param>
    public Uri Delay(double seconds) => On(string.Create(CultureInfo.InvariantCulture, $"delay/{seconds:0.######}"));

    /// <summary>Answers when that many requests wait there, all of them at once; after 30 seconds it gives up with 503.</summary>
    /// <param name="count">1 to 100,000.</param>
    public Uri Together(int count) => On($"together/{count}");

    /// <summary>Answers with that status code.</summary>
    /// <param name="code">200 to 599.</param>
    public Uri Status(int code) => On($"status/{code}");

    /// <summary>Answers byte by byte.</summary>
    /// <param name="bytes">1 to 10,000.</param>
    /// <param name="seconds">How long it takes, 0 to 60.</param>
    public Uri Drip(int bytes, double seconds) => On(string.Create(CultureInfo.InvariantCulture, $"drip/{bytes}/{seconds:0.######}"));

    /// <summary>Redirects that many times, and ends at the status page.</summary>
    /// <param name="times">1 to 40.</param>
    public Uri Redirect(int times) => On($"redirect/{times}");

    /// <summary>Answers 503 that many times, then once 200, and so on.</summary>
    /// <param name="name">Which of any number of such addresses; each counts for itself.</param>
    /// <param name="failures">How many times it fails, 0 to 1,000.</param>
    public Uri Flaky(string name, int failures) => On($"flaky/{Uri.EscapeDataString(name)}/{failures}");

    /// <summary>What the site offers, and which public addresses could not be reached, as HTML.</summary>
    public string ToHtml() => $"<div>{Offers().ToHtml().Replace("<details>", "<details open>", StringComparison.Ordinal)}</div>";

    /// <summary>What the site offers, and which public addresses could not be reached, as an aligned table.</summary>
    public override string ToString() => Offers().ToString();

    private Table Offers() => new(
        ["address", "answers with"],
        [
            [$"{StatusPage}", "a status page"],
            [$"{Echo}", "the request that came"],
            [$"{Post(1)}", "a post as JSON"],
            [$"{Page(1)}", "a page with links"],
            [$"{Delay(0.1)}", "a delay of 0.1 s"],
            [$"{Together(2)}", "both of two requests at once"],
            [$"{Drip(10, 1)}", "ten bytes in one second"],
            [$"{Status(404)}", "that status code"],
            [$"{Drop}", "a dropped connection"],
            [$"{RedirectLoop}", "a redirection to itself"],
            [$"{Flaky("name", 2)}", "two errors, then success"],
            [$"{Socket}", "a web socket's own words"],
        ],
        string.Join(" ", Unreachable.Select(line => $"Not reached, so the site stands in: {line}.")));

    private Uri On(string path) => new(Address, path);
}
