namespace ConcurrencyNotebooks.Tests.Workloads;

public sealed class CountersTests
{
    [Fact]
    public void A_plain_counter_loses_increments()
    {
        Assert.SkipWhen(Environment.ProcessorCount < 2, "On one core two threads hardly ever meet within one increment.");

        // Long enough to meet even where other programs take the cores in between; the first race nearly always does.
        var race = Counters.Plain(2, 20_000_000);
        for (var races = 1; races < 300 && race.Lost == 0; races++)
            race = Counters.Plain(2, 20_000_000);

        race.Lost.Should().BeInRange(1, 39_999_999);
    }

    [Fact]
    public void Protected_counters_lose_nothing()
    {
        CounterResult[] results =
        [
            Counters.WithInterlocked(4, 100_000),
            Counters.WithLock(4, 100_000),
            Counters.PerThread(4, 100_000),
        ];

        results.Should().OnlyContain(result => result.Expected == 400_000 && result.Counted == 400_000 && result.Lost == 0);
        results.Should().OnlyContain(result => result.Threads == 4 && result.Elapsed > TimeSpan.Zero);
    }

    [Fact]
    public void The_interpreter_lock_keeps_increments_without_a_checkpoint_inside()
    {
        var interpreterLock = new InterpreterLock(TimeSpan.FromMilliseconds(1));

        var result = RaceUntil(result => interpreterLock.Switches > 10, interpreterLock, CheckpointPlacement.AtLoopEnd);

        interpreterLock.Switches.Should().BeGreaterThan(10, "otherwise nothing was put to the test");
        result.Lost.Should().Be(0);
    }

    [Fact]
    public void The_interpreter_lock_loses_increments_with_a_checkpoint_between_reading_and_writing()
    {
        var interpreterLock = new InterpreterLock(TimeSpan.FromMilliseconds(1));

        var result = RaceUntil(result => result.Lost > 0, interpreterLock, CheckpointPlacement.AtFunctionEntry);

        result.Lost.Should().BeGreaterThan(0);
    }

    [Fact]
    public void One_thread_alone_loses_nothing_in_any_variant()
    {
        CounterResult[] results =
        [
            Counters.Plain(1, 1000),
            .. Enum.GetValues<CheckpointPlacement>().Select(placement => Counters.UnderInterpreterLock(1, 1000, new InterpreterLock(), placement)),
        ];

        results.Should().OnlyContain(result => result.Counted == 1000);
    }

    [Fact]
    public void There_is_no_race_without_threads()
    {
        var racing = () => Counters.PerThread(0, 1);

        racing.Should().Throw<ArgumentOutOfRangeException>();
    }

    /// <summary>Races until the condition holds, at most 50 times, and returns the last race.</summary>
    private static CounterResult RaceUntil(Func<CounterResult, bool> condition, InterpreterLock interpreterLock, CheckpointPlacement placement)
    {
        var race = Counters.UnderInterpreterLock(2, 5_000_000, interpreterLock, placement);
        for (var races = 1; races < 50 && race.Lost == 0 && !condition(race); races++)
            race = Counters.UnderInterpreterLock(2, 5_000_000, interpreterLock, placement);
        return race;
    }
}
