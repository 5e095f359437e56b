namespace ConcurrencyNotebooks.Tests;

public sealed class InFlightTests
{
    [Fact]
    public async Task Requests_are_counted_while_they_are_answered_and_no_longer()
    {
        await using var site = await LoopbackSite.StartAsync();
        using var giveUp = new CancellationTokenSource();

        var requests = Enumerable.Range(0, 30).Select(_ => site.Client.GetAsync(site.Delay(seconds: 60), giveUp.Token)).ToList();
        await site.UntilInFlightAsync(30);
        giveUp.Cancel();
        var after = await site.UntilInFlightAsync(0);

        after.Should().Be(new InFlight(Current: 0, Peak: 30));
        foreach (var request in requests)
            await FluentActions.Awaiting(() => request).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task A_reset_answers_with_what_it_forgets_and_keeps_what_is_in_flight()
    {
        await using var site = await LoopbackSite.StartAsync();
        await Task.WhenAll(site.Client.GetAsync(site.Together(2)), site.Client.GetAsync(site.Together(2)));
        using var giveUp = new CancellationTokenSource();
        var request = site.Client.GetAsync(site.Delay(seconds: 60), giveUp.Token);
        await site.UntilInFlightAsync(1);

        var before = await site.InFlightAsync(reset: true);
        var after = await site.InFlightAsync();

        before.Should().Be(new InFlight(Current: 1, Peak: 2));
        after.Should().Be(new InFlight(Current: 1, Peak: 1));
        giveUp.Cancel();
        await FluentActions.Awaiting(() => request).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Five_thousand_requests_are_in_flight_at_once_where_so_many_files_may_be_open()
    {
        await using var site = await LoopbackSite.StartAsync();
        var count = Math.Min(5000, site.MostRequestsAtOnce);

        var answers = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => site.Client.GetStringAsync(site.Together(count))));

        answers.Should().OnlyContain(answer => answer == "all are here");
        (await site.InFlightAsync()).Peak.Should().Be(count);
    }

    [Fact]
    public async Task Requests_that_wait_for_each_other_are_answered_together_and_not_by_one_that_left()
    {
        await using var site = await LoopbackSite.StartAsync();
        using var giveUp = new CancellationTokenSource();
        var left = site.Client.GetStringAsync(site.Together(3), giveUp.Token);
        await site.UntilInFlightAsync(1);
        giveUp.Cancel();
        await site.UntilInFlightAsync(0);

        var two = new[] { site.Client.GetStringAsync(site.Together(3)), site.Client.GetStringAsync(site.Together(3)) };
        await site.UntilInFlightAsync(2);
        two.Should().OnlyContain(request => !request.IsCompleted);
        await site.Client.GetStringAsync(site.Together(3));

        (await Task.WhenAll(two)).Should().OnlyContain(answer => answer == "all are here");
        await FluentActions.Awaiting(() => left).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task The_site_answers_while_every_pool_thread_of_its_owner_is_blocked()
    {
        await using var site = await LoopbackSite.StartAsync();
        using var gate = new ManualResetEventSlim();
        using var all = new CountdownEvent(Environment.ProcessorCount);
        var blocked = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Run(() =>
        {
            all.Signal();
            gate.Wait();
        })).ToList();
        all.Wait();

        // A blocking call on this thread needs no pool thread of this process.
        using var request = new HttpRequestMessage(HttpMethod.Get, site.Delay(seconds: 0.01));
        using var answer = site.Client.Send(request);
        gate.Set();
        await Task.WhenAll(blocked);

        answer.IsSuccessStatusCode.Should().BeTrue();
    }
}
