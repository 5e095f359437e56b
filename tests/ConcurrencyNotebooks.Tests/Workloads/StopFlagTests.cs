namespace ConcurrencyNotebooks.Tests.Workloads;

public sealed class StopFlagTests
{
    private const long Turns = 1_000_000_000;

    [Fact]
    public void A_plain_flag_that_another_thread_sets_is_never_seen() => StopFlag.InPlainField(Turns).Should().Be(Turns);

    [Fact]
    public void A_volatile_flag_is_seen() => StopFlag.InVolatileField(10 * Turns).Should().BeInRange(1, (10 * Turns) - 1);

    [Fact]
    public void A_loop_without_turns_is_refused()
    {
        var asking = () => StopFlag.InPlainField(0);

        asking.Should().Throw<ArgumentOutOfRangeException>();
    }
}
