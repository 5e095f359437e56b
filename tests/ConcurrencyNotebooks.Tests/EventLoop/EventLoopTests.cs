using System.Collections.Concurrent;

namespace ConcurrencyNotebooks.Tests;

public sealed class EventLoopTests
{
    private static bool IsOnLoop => EventLoop.Current is not null;

    [Fact]
    public async Task Everything_comes_back_to_the_one_thread()
    {
        await using var site = await LoopbackSite.StartAsync();
        var threads = new ConcurrentBag<int>();
        async Task Work(Func<Task> wait)
        {
            threads.Add(Environment.CurrentManagedThreadId);
            await wait();
            threads.Add(Environment.CurrentManagedThreadId);
        }

        EventLoop.Run(() => Task.WhenAll(
            Work(() => Task.Delay(1)),
            Work(async () => await Task.Yield()),
            Work(() => site.Client.GetStringAsync(site.StatusPage)),
            Work(() => Task.Run(() => { })),
            Work(() => Task.Run(() => Task.Delay(1))),
            Work(() => new HttpClient().GetStringAsync(site.Delay(seconds: 0.01)))));

        threads.Should().HaveCount(12).And.OnlyContain(thread => thread == Environment.CurrentManagedThreadId);
    }

    [Fact]
    public void What_leaves_the_loop_leaves_it()
    {
        var onLoop = new List<bool>();

        EventLoop.Run(async () =>
        {
            onLoop.Add(IsOnLoop);
            onLoop.Add(await Task.Run(() => IsOnLoop));
            onLoop.Add(IsOnLoop);
            await Task.Delay(1).ConfigureAwait(false);
            onLoop.Add(IsOnLoop);
        });

        onLoop.Should().Equal(true, false, true, false);
        IsOnLoop.Should().BeFalse();
    }

    [Fact]
    public void Nothing_runs_until_the_running_step_awaits()
    {
        var order = new List<string>();
        async Task Work(string name)
        {
            for (var step = 1; step <= 3; step++)
            {
                order.Add($"{name}{step} begins");
                order.Add($"{name}{step} ends");
                await Task.Yield();
            }
        }

        EventLoop.Run(() => Task.WhenAll(Work("a"), Work("b")));

        order.Should().Equal(Enumerable.Range(1, 3)
            .SelectMany(step => new[] { $"a{step} begins", $"a{step} ends", $"b{step} begins", $"b{step} ends" }));
    }

    [Fact]
    public void Completing_a_task_does_not_run_what_awaits_it_before_the_step_is_over()
    {
        var order = new List<string>();
        var source = new TaskCompletionSource();
        async Task WaitAsync()
        {
            await source.Task;
            order.Add("woken");
        }

        EventLoop.Run(async () =>
        {
            var waiter = WaitAsync();
            await Task.Yield();
            source.SetResult();
            order.Add("after SetResult");
            await waiter;
        });

        order.Should().Equal("after SetResult", "woken");
    }

    [Fact]
    public void An_unguarded_counter_loses_nothing_on_the_loop()
    {
        var counter = 0;
        async Task IncrementAsync()
        {
            for (var i = 0; i < 1000; i++)
            {
                counter = counter + 1;
                await Task.Yield();
            }
        }

        EventLoop.Run(() => Task.WhenAll(Enumerable.Range(0, 20).Select(_ => IncrementAsync())));

        counter.Should().Be(20_000);
    }

    [Fact]
    public void A_step_that_blocks_is_the_longest_freeze()
    {
        using var never = new ManualResetEventSlim();

        var report = EventLoop.Run(async () =>
        {
            await Task.Delay(20);
            never.Wait(TimeSpan.FromMilliseconds(200));
            await Task.Delay(1);
        });

        report.LongestFreeze.Should().BeGreaterThan(TimeSpan.FromMilliseconds(190)).And.BeLessThan(report.Elapsed);
        report.Callbacks.Should().Be(3);
    }

    [Fact]
    public void A_loop_that_waits_does_not_poll()
    {
        var report = EventLoop.Run(() => Task.WhenAll(Task.Delay(200), SleepAsync(), SleepAsync()));

        // One step for the root, one for each of the two that come back; a loop that polled would count thousands.
        report.Callbacks.Should().Be(3);
        static async Task SleepAsync() => await Task.Delay(100);
    }
}
