using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ConcurrencyNotebooks.Tests;

public sealed partial class LoopbackSiteTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private readonly LoopbackSite _site = fixture.Site;

    [Fact]
    public async Task The_status_page_says_that_the_site_is_up()
    {
        var page = await _site.Client.GetFromJsonAsync<JsonObject>(_site.StatusPage);

        page!["status"]!.GetValue<string>().Should().Be("up");
    }

    [Fact]
    public async Task The_echo_returns_the_request()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_site.Echo, "?name=日本"));
        request.Content = new StringContent("body");
        request.Headers.Add("X-Test", "yes");

        var answer = await (await _site.Client.SendAsync(request)).Content.ReadFromJsonAsync<JsonObject>();

        answer!["method"]!.GetValue<string>().Should().Be("POST");
        answer["args"]!["name"]!.GetValue<string>().Should().Be("日本");
        answer["headers"]!["X-Test"]!.GetValue<string>().Should().Be("yes");
        answer["data"]!.GetValue<string>().Should().Be("body");
    }

    [Fact]
    public void Fetch_returns_the_text_of_a_page_and_refuses_another()
    {
        var missing = () => LoopbackSite.Fetch(_site.Page(101).AbsoluteUri);

        LoopbackSite.Fetch(_site.Page(1).AbsoluteUri).Should().StartWith("<!doctype html>\n<title>Page 1:");
        missing.Should().Throw<HttpRequestException>().Which.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(100, 10)]
    public async Task A_post_has_its_number_and_its_author(int number, int author)
    {
        var post = await _site.Client.GetFromJsonAsync<JsonObject>(_site.Post(number));

        post!["id"]!.GetValue<int>().Should().Be(number);
        post["userId"]!.GetValue<int>().Should().Be(author);
        post["title"]!.GetValue<string>().Should().NotBeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public async Task Any_other_post_is_not_found(int number) =>
        (await _site.Client.GetAsync(_site.Post(number))).StatusCode.Should().Be(HttpStatusCode.NotFound);

    [Fact]
    public async Task A_crawler_that_follows_the_links_finds_every_page_once()
    {
        var found = new List<Uri>();
        var ahead = new Queue<Uri>([_site.Page(1)]);

        while (ahead.TryDequeue(out var page))
        {
            found.Add(page);
            foreach (Match link in Link().Matches(await _site.Client.GetStringAsync(page)))
                ahead.Enqueue(new Uri(page, link.Groups[1].Value));
        }

        found.Should().BeEquivalentTo(Enumerable.Range(1, 100).Select(number => _site.Page(number)));
    }

    [Fact]
    public async Task A_delay_takes_its_time()
    {
        var start = Stopwatch.GetTimestamp();

        (await _site.Client.GetStringAsync(_site.Delay(seconds: 0.25))).Should().Be("done");

        Stopwatch.GetElapsedTime(start).Should().BeGreaterThan(TimeSpan.FromSeconds(0.24));
    }

    [Fact]
    public async Task A_slow_page_is_the_same_page_after_its_time()
    {
        var page = await _site.Client.GetStringAsync(_site.Page(7));
        var start = Stopwatch.GetTimestamp();

        (await _site.Client.GetStringAsync(_site.SlowPage(7, seconds: 0.25))).Should().Be(page);

        Stopwatch.GetElapsedTime(start).Should().BeGreaterThan(TimeSpan.FromSeconds(0.24));
    }

    [Theory]
    [InlineData("delay/x")]
    [InlineData("delay/61")]
    [InlineData("delay/NaN")]
    public async Task A_time_that_makes_no_sense_is_refused(string path)
    {
        var answer = await _site.Client.GetAsync(new Uri(_site.Address, path));

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("60");
    }

    [Theory]
    [InlineData(200)]
    [InlineData(204)]
    [InlineData(404)]
    [InlineData(418)]
    [InlineData(503)]
    public async Task A_status_code_comes_as_asked_for(int code) =>
        ((int)(await _site.Client.GetAsync(_site.Status(code))).StatusCode).Should().Be(code);

    [Fact]
    public async Task A_dropped_connection_is_an_error()
    {
        var read = () => _site.Client.GetStringAsync(_site.Drop);

        await read.Should().ThrowAsync<HttpRequestException>();
    }

    [Fact]
    public async Task A_web_socket_echoes_and_closes()
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(_site.Socket, CancellationToken.None);
        var buffer = new byte[100];

        await socket.SendAsync(Encoding.UTF8.GetBytes("hello"), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        var answer = await socket.ReceiveAsync(buffer, CancellationToken.None);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);

        Encoding.UTF8.GetString(buffer, 0, answer.Count).Should().Be("hello");
        socket.State.Should().Be(WebSocketState.Closed);
    }

    [GeneratedRegex("href=\"([^\"]+)\"")]
    private static partial Regex Link();
}
