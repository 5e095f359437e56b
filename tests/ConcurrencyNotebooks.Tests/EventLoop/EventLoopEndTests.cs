namespace ConcurrencyNotebooks.Tests;

public sealed class EventLoopEndTests
{
    private static bool IsOnLoop => EventLoop.Current is not null;

    [Fact]
    public void An_exception_comes_out_as_it_is()
    {
        var thrown = new InvalidDataException("broken");

        var late = () => EventLoop.Run(async () =>
        {
            await Task.Yield();
            throw thrown;
        });
        var early = () => EventLoop.Run(() => throw thrown);

        late.Should().Throw<InvalidDataException>().Which.Should().BeSameAs(thrown);
        early.Should().Throw<InvalidDataException>().Which.Should().BeSameAs(thrown);
        IsOnLoop.Should().BeFalse();
    }

    [Fact]
    public void An_exception_of_an_async_void_method_ends_the_run_and_not_the_process()
    {
        static async void Fail()
        {
            await Task.Yield();
            throw new InvalidDataException("nobody awaits me");
        }

        var run = () => EventLoop.Run(async () =>
        {
            Fail();
            await Task.Delay(Timeout.Infinite);
        });

        run.Should().Throw<InvalidDataException>().WithMessage("nobody awaits me");
    }

    [Fact]
    public void A_loop_within_a_loop_is_refused_and_one_on_another_thread_is_not()
    {
        var elsewhere = 0;

        var nested = () => EventLoop.Run(async () =>
        {
            elsewhere = await Task.Run(() => EventLoop.Run(() => Task.CompletedTask).Callbacks);
            EventLoop.Run(() => Task.CompletedTask);
        });

        nested.Should().Throw<InvalidOperationException>()
            .WithMessage("This thread already runs an event loop*Await the work instead of calling EventLoop.Run.");
        elsewhere.Should().Be(1);
        EventLoop.Run(() => Task.CompletedTask).Callbacks.Should().Be(1, "the refusal leaves the thread as it was");
    }

    [Fact]
    public void What_is_left_over_never_runs_again()
    {
        var after = 0;
        var steps = 0;
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        async Task DeafAsync()
        {
            await source.Task;
            after++;
        }

        async Task RestlessAsync()
        {
            while (true)
            {
                await Task.Yield();
                steps++;
            }
        }

        EventLoop.Run(async () =>
        {
            _ = DeafAsync();
            _ = RestlessAsync();
            await Task.Yield();
        });
        var stepsThen = steps;
        source.SetResult();

        after.Should().Be(0);
        steps.Should().Be(stepsThen);
    }

    [Fact]
    public void A_root_that_ends_off_the_loop_wakes_it()
    {
        var endsOnLoop = true;
        var report = EventLoop.Run(async () =>
        {
            await Task.Delay(20).ConfigureAwait(false);
            endsOnLoop = IsOnLoop;
        });

        endsOnLoop.Should().BeFalse();
        report.Callbacks.Should().Be(1);
    }

    [Fact]
    public void The_context_of_the_caller_is_restored()
    {
        var before = SynchronizationContext.Current;
        var mine = new SynchronizationContext();
        try
        {
            SynchronizationContext.SetSynchronizationContext(mine);

            EventLoop.Run(async () => await Task.Yield());

            SynchronizationContext.Current.Should().BeSameAs(mine);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    [Fact]
    public void A_send_from_another_thread_is_refused()
    {
        var send = () => EventLoop.Run(() =>
        {
            var context = SynchronizationContext.Current!;
            context.Send(_ => { }, null);
            return Task.Run(() => context.Send(_ => { }, null));
        });

        send.Should().Throw<NotSupportedException>().WithMessage("*Post to it*");
    }
}
