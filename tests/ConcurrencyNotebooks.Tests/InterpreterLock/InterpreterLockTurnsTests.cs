namespace ConcurrencyNotebooks.Tests;

public class InterpreterLockTurnsTests
{
    [Fact]
    public void Turns_show_one_holder_at_a_time_and_who_waits_meanwhile()
    {
        var turns = new Timeline("turns");
        var interpreterLock = new InterpreterLock(TimeSpan.FromMilliseconds(1)) { Turns = turns };
        using var holding = new ManualResetEventSlim();

        var second = new Thread(() =>
        {
            holding.Wait();
            interpreterLock.Run(() => { });
        });
        second.Start();
        interpreterLock.Run(() =>
        {
            holding.Set();
            SpinWait.SpinUntil(() => interpreterLock.HandOverRequests > 0);
            interpreterLock.Checkpoint();
        });
        second.Join();

        turns.PeakConcurrency().Should().Be(1);
        turns.Spans.Count(span => !span.IsWaiting).Should().Be(3, "the first thread holds it, hands it over, and takes it again");
        turns.Spans.Should().Contain(span => span.IsWaiting && span.Lane == $"thread {second.ManagedThreadId}");
    }

    [Fact]
    public void A_free_lock_is_taken_without_a_wait()
    {
        var turns = new Timeline("turns");

        new InterpreterLock { Turns = turns }.Run(() => { });

        turns.Spans.Should().ContainSingle().Which.IsWaiting.Should().BeFalse();
    }
}
