using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Cluster.Tests;

[Collection<TestsOfOneCluster>]
public sealed class GrainTests(ClusterFixture fixture)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    private readonly IClusterClient _client = fixture.Client;

    [Fact]
    public async Task A_grain_counts_primes_and_says_where()
    {
        var counted = await _client.GetGrain<IComputeGrain>(1).CountPrimesAsync(1, 1_000);

        counted.Value.Should().Be(168);
        fixture.Cluster.Silos.Should().ContainSingle(silo => silo.Name == counted.Silo && silo.Pid == counted.Pid);
        counted.EndTimestamp.Should().BeGreaterThan(counted.StartTimestamp);
    }

    [Fact]
    public async Task A_grain_fetches_a_page()
    {
        using var site = new TcpListener(IPAddress.Loopback, 0);
        site.Start();
        var fetching = _client.GetGrain<IComputeGrain>(2).FetchAsync(new Uri($"http://{site.LocalEndpoint}/"));
        using var request = await site.AcceptTcpClientAsync();
        const string Answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello";
        await request.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Answer));

        (await fetching).Value.Should().Be(5);
    }

    [Fact]
    public async Task Grains_are_spread_over_all_silos()
    {
        var answers = await Task.WhenAll(Enumerable.Range(100, 64)
            .Select(key => _client.GetGrain<IComputeGrain>(key).WaitAsync(TimeSpan.Zero)));

        answers.Select(answer => answer.Silo).Distinct().Should().BeEquivalentTo("silo 1", "silo 2");
    }

    [Fact]
    public async Task Calls_of_one_grain_run_one_after_the_other_and_those_of_several_side_by_side()
    {
        var one = _client.GetGrain<IComputeGrain>(200);
        var inOne = (await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => one.WaitAsync(Moment))))
            .OrderBy(answer => answer.StartTimestamp).ToList();
        var several = Enumerable.Range(300, 6).Select(key => _client.GetGrain<IComputeGrain>(key)).ToList();
        await Task.WhenAll(several.Select(grain => grain.PingAsync().AsTask())); // They exist now.
        var inSeveral = await Task.WhenAll(several.Select(grain => grain.WaitAsync(20 * Moment)));

        inOne.Zip(inOne.Skip(1)).Should().OnlyContain(pair => pair.Second.StartTimestamp >= pair.First.EndTimestamp);
        inSeveral.Max(answer => answer.StartTimestamp).Should().BeLessThan(inSeveral.Min(answer => answer.EndTimestamp));
    }

    [Fact]
    public async Task A_counter_without_a_lock_loses_nothing_unless_its_calls_interleave()
    {
        var (alone, interleaved) = (_client.GetGrain<ICounterGrain>("alone"), _client.GetGrain<ICounterGrain>("interleaved"));

        await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => alone.AddAsync()));
        await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => interleaved.AddInterleavedAsync()));

        (await alone.ValueAsync()).Should().Be(500);
        (await interleaved.ValueAsync()).Should().BeInRange(1, 499);
    }

    [Fact]
    public async Task An_operation_that_is_repeated_counts_once_and_a_plain_call_that_is_repeated_counts_twice()
    {
        var (once, plain, operation) = (_client.GetGrain<ICounterGrain>("once"), _client.GetGrain<ICounterGrain>("plain"), Guid.NewGuid());

        for (var i = 0; i < 2; i++) await once.AddOnceAsync(operation);
        for (var i = 0; i < 2; i++) await plain.AddStoredAsync();

        (await once.ValueAsync()).Should().Be(1);
        (await plain.ValueAsync()).Should().Be(2);
    }

    [Fact]
    public async Task An_exception_comes_to_the_caller_with_its_type_and_message()
    {
        var call = () => _client.GetGrain<IFailingGrain>(1).ThrowAsync("bad luck");

        (await call.Should().ThrowAsync<InvalidOperationException>()).WithMessage("bad luck");
    }

    [Fact]
    public async Task An_answer_that_is_late_is_a_timeout()
    {
        var call = () => _client.GetGrain<IFailingGrain>(2).AnswerTooLateAsync();

        (await call.Should().ThrowAsync<TimeoutException>()).WithMessage("*AnswerTooLateAsync*");
    }
}
