using System.Reflection;

namespace ConcurrencyNotebooks.Tests;

public sealed class TimingsTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static Patience Briefly => new(TimeSpan.FromMilliseconds(120), TimeSpan.Zero);

    [Theory]
    [InlineData(false, 3)]
    [InlineData(true, 4)]
    public void Measure_runs_the_work_as_often_as_asked_and_once_more_to_warm_up(bool warmUp, int expected)
    {
        var timings = new Timings("t");
        var runs = 0;

        var timing = timings.Measure("work", () => runs++, repeats: 3, warmUp: warmUp);

        runs.Should().Be(expected);
        timing.Samples.Should().HaveCount(3);
        timings["work"].Should().BeSameAs(timing);
    }

    [Fact]
    public async Task MeasureAsync_keeps_the_clock_running_until_the_work_has_ended()
    {
        var timings = new Timings("t");
        var gate = new TaskCompletionSource();

        var measuring = timings.MeasureAsync("work", () => gate.Task);

        measuring.IsCompleted.Should().BeFalse();
        timings.All.Should().BeEmpty("a measurement is kept when it has ended");
        gate.SetResult();
        (await measuring).Samples.Should().ContainSingle();
        timings.All.Should().ContainSingle();
    }

    [Fact]
    public async Task What_the_work_throws_comes_out_and_nothing_is_kept()
    {
        var timings = new Timings("t");
        var runs = 0;

        var measure = () => timings.Measure("work", () => { if (++runs == 2) throw new InvalidOperationException("second run"); }, repeats: 3);
        var measureAsync = () => timings.MeasureAsync("work", () => Task.FromException(new InvalidOperationException("at once")));

        measure.Should().Throw<InvalidOperationException>().WithMessage("second run");
        (await measureAsync.Should().ThrowAsync<InvalidOperationException>()).WithMessage("at once");
        timings.All.Should().BeEmpty();
    }

    [Fact]
    public void Asynchronous_work_does_not_compile_with_the_synchronous_overload()
    {
        var trap = typeof(Timings).GetMethod(nameof(Timings.Measure), [typeof(string), typeof(Func<Task>), typeof(int), typeof(ConcurrencyModel?), typeof(bool)])!;

        var obsolete = trap.GetCustomAttribute<ObsoleteAttribute>()!;

        obsolete.IsError.Should().BeTrue();
        obsolete.Message.Should().Contain("await timings.MeasureAsync");
    }

    [Theory]
    [InlineData(new[] { 5.0 }, 5, 5, 5)]
    [InlineData(new[] { 9.0, 1, 2 }, 2, 1, 9)]
    [InlineData(new[] { 4.0, 1, 2, 8 }, 3, 1, 8)]
    public void The_median_is_the_middle_run_or_the_mean_of_the_middle_two(double[] seconds, double median, double minimum, double maximum)
    {
        var timing = new Timings("t").Add("work", seconds.Select(TimeSpan.FromSeconds));

        (timing.Median, timing.Minimum, timing.Maximum).Should().Be((median * Second, minimum * Second, maximum * Second));
        timing.Samples.Should().Equal(seconds.Select(TimeSpan.FromSeconds), "samples stay in the order of the runs");
    }

    [Fact]
    public void Measuring_in_turns_runs_round_by_round()
    {
        var order = new List<string>();
        var timings = new Timings("t");

        timings.MeasureInTurns(2, ("a", ConcurrencyModel.Sequential, () => order.Add("a")), ("b", ConcurrencyModel.Threads, () => order.Add("b")));

        order.Should().Equal(["a", "b", "b", "a"], "another one begins each round");
        timings.All.Select(timing => (timing.Name, timing.Samples.Count, timing.Model))
            .Should().Equal(("a", 2, ConcurrencyModel.Sequential), ("b", 2, ConcurrencyModel.Threads));
    }

    [Fact]
    public void Work_that_throws_in_its_turn_leaves_nothing_behind()
    {
        var timings = new Timings("t");

        var measure = () => timings.MeasureInTurns(1, ("a", null, () => { }), ("b", null, () => throw new TimeoutException("b")));

        measure.Should().Throw<TimeoutException>();
        timings.All.Should().BeEmpty();
    }

    [Fact]
    public void What_was_measured_in_turns_is_compared_round_by_round()
    {
        var timings = new Timings("t");
        Action Waits(params int[] milliseconds)
        {
            var left = new Queue<int>(milliseconds);
            return () => Thread.Sleep(left.Dequeue());
        }

        timings.MeasureInTurns(4, ("slow", null, Waits(10, 40, 10, 10)), ("fast", null, Waits(5, 5, 40, 30)));

        // About 2, 8, a quarter and a third.
        var byRound = timings["slow"].Samples.Zip(timings["fast"].Samples, (slow, fast) => slow / fast).Order().ToList();
        timings.Speedup("fast", over: "slow").Should().BeApproximately(Math.Sqrt(byRound[1] * byRound[2]), 1e-9).And.BeGreaterThan(byRound[1]).And.BeLessThan(byRound[2]);
        (timings.Speedup("fast", over: "slow") * timings.Speedup("slow", over: "fast")).Should().BeApproximately(1, 1e-9);
        timings.Add("fast", timings["fast"].Samples);
        timings.Speedup("fast", over: "slow").Should().Be(timings["slow"].Minimum / timings["fast"].Minimum, "they were not both measured in those turns");
    }

    [SkippableFact]
    public void A_work_during_which_the_cores_go_is_run_again_when_they_are_back()
    {
        Skip.If(Machine.Cores < 2, "with one core nobody looks");
        var given = new Queue<double>([1.2, 1.6, 1.4, 1.1, 1.7, 1.9, 1.8, 2.0, 1.6]);
        var (slow, fast) = (0, 0);
        var timings = new Timings("t", "machine", count => { count.Should().Be(2); return Give(given.Dequeue()); });

        timings.MeasureInTurns(2, needsCores: 2, ("slow", null, () => Thread.Sleep(++slow == 1 ? 200 : 20)), ("fast", null, () => Thread.Sleep(++fast)));

        (slow, fast).Should().Be((3, 2), "after the first run of the slow one the cores were gone");
        given.Should().BeEmpty("it looks while it waits, and after each work");
        timings["slow"].Samples.Should().HaveCount(2).And.OnlyContain(sample => sample < Second / 5);
        timings.ToString().Should().Contain("machine; 1.6 of 2 cores at hand, 1 of the runs made again for want of them");
    }

    [SkippableTheory]
    [InlineData(5, 4)]
    [InlineData(9, 6)]
    public void Without_the_cores_two_thirds_of_the_rounds_are_enough_and_four_at_least(int rounds, int enough)
    {
        Skip.If(Machine.Cores < 2, "with one core nobody looks");
        var looks = 0;
        var timings = new Timings("t", "machine", _ => Give(++looks <= 1 + 2 * enough ? 2 : 1), Briefly);

        timings.MeasureInTurns(rounds, needsCores: 2, ("slow", null, () => Thread.Sleep(4)), ("fast", null, () => Thread.Sleep(2)));

        timings["fast"].Samples.Should().HaveCount(enough);
        Claims.Faster("a", timings, "fast", over: "slow", atLeast: 1000, needsCores: 2).Verdict.Should().Be(Verdict.Fails, "they had their cores");
    }

    [SkippableFact]
    public void A_claim_that_fails_where_the_machine_gave_too_little_is_skipped_and_says_so()
    {
        Skip.If(Machine.Cores < 2, "with one core nobody looks");
        var timings = new Timings("t", "machine", _ => Give(1.1), Briefly);
        timings.MeasureInTurns(5, needsCores: 2, ("slow", null, () => Thread.Sleep(4)), ("fast", null, () => Thread.Sleep(2)));

        timings["fast"].OfLoops.Should().BeNull("without the cores they say nothing");
        timings["fast"].Samples.Should().HaveCount(5, "when its patience is at an end it runs what is wanted, as it comes");
        var failed = Claims.Faster("a", timings, "fast", over: "slow", atLeast: 1000, needsCores: 2);
        var held = Claims.Faster("b", timings, "fast", over: "slow", atLeast: 0.001, needsCores: 2);
        var slower = Claims.Faster("c", timings, "slow", over: "fast", atLeast: 1000);
        timings.Add("elsewhere", 1000 * Second);
        var apart = Claims.Faster("e", timings, "elsewhere", over: "slow", atLeast: 1000);
        var equal = Claims.AsFast("d", timings, "fast", over: "slow", withinFactor: 1, needsCores: 2);

        failed.Should().BeEquivalentTo(new { Verdict = Verdict.Skipped, Reason = "it was measured for 2 cores, and the machine gave 1.1 meanwhile" });
        timings.ToString().Should().Contain("1.1 of 2 cores at hand, too few");
        (held.Verdict, slower.Verdict, equal.Verdict).Should().Be((Verdict.Holds, Verdict.Skipped, Verdict.Skipped));
        apart.Verdict.Should().Be(Verdict.Fails, "only one of the two was measured in those turns");
    }

    [SkippableFact]
    public void With_their_cores_looked_after_works_are_compared_by_the_loops_beside_them()
    {
        Skip.If(Machine.Cores < 2, "with one core nobody looks");
        // Two cores, one, two; and in how many seconds: the fast one is run again, on a machine that is now half as fast.
        var looks = new Queue<(double Cores, double Seconds)>([(2, 1), (2, 1), (1, 1), (2, 2), (2, 2), (2, 3), (2, 1)]);
        BareLoops Look(int count)
        {
            var (cores, seconds) = looks.Dequeue();
            return Give(cores, seconds);
        }

        var timings = new Timings("t", "machine", Look);

        timings.MeasureInTurns(2, needsCores: 2, ("slow", null, () => Thread.Sleep(40)), ("fast", null, () => Thread.Sleep(10)));

        var (slow, fast) = (timings["slow"].Samples, timings["fast"].Samples);
        looks.Should().BeEmpty();
        timings["slow"].OfLoops.Should().Equal([slow[0] / Second, slow[1] / (2 * Second)], "in the second round both ran without a break beside 2, 3 and 1 seconds");
        timings["fast"].OfLoops.Should().Equal([fast[0] / (2 * Second), fast[1] / (2 * Second)]);
        timings.Speedup("fast", over: "slow").Should().BeApproximately(Math.Sqrt(slow[0] / fast[0] * 2 * (slow[1] / fast[1])), 1e-9);
        timings.ToString().Should().Contain("runs  of loops\n").And.EndWith("claims compare them round by round.");
    }

    [SkippableFact]
    public void A_machine_that_gave_too_little_most_of_the_time_gave_too_little()
    {
        Skip.If(Machine.Cores < 2, "with one core nobody looks");
        var given = new Queue<double>([1.1, 1.2, 1.1, 1.2, 1.6, 1.6, 1.6]);
        var timings = new Timings("t", "machine", _ => Give(given.Dequeue()));

        timings.MeasureInTurns(1, needsCores: 2, ("slow", null, () => Thread.Sleep(4)), ("fast", null, () => Thread.Sleep(2)));

        timings.ToString().Should().Contain("1.2 of 2 cores at hand").And.NotContain("too few", "the runs had their cores");
        Claims.Faster("a", timings, "fast", over: "slow", atLeast: 1000, needsCores: 2)
            .Should().BeEquivalentTo(new { Verdict = Verdict.Skipped, Reason = "it was measured for 2 cores, and the machine gave 1.2 meanwhile" });
    }

    [Fact]
    public void The_reserve_of_patience_is_for_rounds_that_are_wanted()
    {
        var (there, vain, patience) = (true, 0, TimeSpan.FromMilliseconds(100));
        BareLoops Look(int count)
        {
            if (there) return Give(2);
            vain++;
            return Give(1);
        }

        var watch = new CoreWatch(2, 6, Look, new Patience(patience, 10 * patience));
        (TimeSpan Taken, int? Look)? Run() => watch.Run(() => { there = false; return Second; });

        Run()!.Value.Should().Be((Second, (int?)null), "nothing else is left when the cores do not come back");
        (watch.HadCores, watch.Waited >= 11 * patience).Should().Be((false, true));

        (there, vain) = (true, 0);
        watch = new CoreWatch(2, 6, Look, new Patience(patience, 10 * patience));
        for (var round = 0; round < 4; round++)
        {
            watch.Run(() => Second)!.Value.Taken.Should().Be(Second);
            watch.EndRound([]);
        }

        Run().Should().BeNull("four rounds of six are enough");
        watch.HadCores.Should().BeTrue();
        watch.Waited.Should().BeGreaterThanOrEqualTo(patience);
        vain.Should().BeLessThan(5, "between two looks there is a pause, and the reserve would have been long enough for twenty");
    }

    [Fact]
    public void What_a_measurement_waits_beyond_its_own_is_missing_for_the_next()
    {
        var patience = new Patience(own: 2 * Second, shared: 5 * Second);

        patience.Spend(Second);
        patience.Shared.Should().Be(5 * Second, "that was its own");
        patience.Spend(5 * Second);
        patience.Shared.Should().Be(2 * Second);
        patience.Spend(9 * Second);
        patience.Shared.Should().Be(TimeSpan.Zero);
    }

    [SkippableFact]
    public void A_second_measurement_has_only_what_the_first_one_left()
    {
        Skip.If(Machine.Cores < 2, "with one core nobody looks");
        var patience = new Patience(own: TimeSpan.FromMilliseconds(60), shared: TimeSpan.FromMilliseconds(600));
        int Looks()
        {
            var looks = 0;
            BareLoops Look(int count)
            {
                looks++;
                return Give(1);
            }

            new Timings("t", "machine", Look, patience).MeasureInTurns(1, needsCores: 2, ("slow", null, () => { }));
            return looks;
        }

        var (first, second) = (Looks(), Looks());

        patience.Shared.Should().Be(TimeSpan.Zero);
        second.Should().BeInRange(1, first / 2, "between two looks there is a pause of 50 ms");
    }

    [SkippableFact]
    public void Where_the_cores_go_in_every_round_its_patience_ends_too()
    {
        Skip.If(Machine.Cores < 2, "with one core nobody looks");
        var looks = 0;
        var timings = new Timings("t", "machine", _ => Give(++looks % 2 == 1 ? 2 : 1), Briefly);

        timings.MeasureInTurns(2, needsCores: 2, ("slow", null, () => Thread.Sleep(2)));

        timings["slow"].Samples.Should().HaveCount(2);
        timings.ToString().Should().Contain("too few");
    }

    [Fact]
    public void Speedup_is_how_many_times_as_fast_the_fastest_run_is()
    {
        var timings = new Timings("t");
        timings.Add("sequential", [3 * Second, 2 * Second]);
        timings.Add("threads", [Second / 2, 7 * Second, 7 * Second]);

        timings.Speedup("threads", over: "sequential").Should().Be(4);
        timings.Speedup("sequential", over: "threads").Should().Be(0.25);
    }

    [Fact]
    public void Measuring_a_name_again_replaces_it_in_its_place()
    {
        var timings = new Timings("t");
        timings.Add("first", Second);
        timings.Add("second", Second);

        timings.Add("first", 3 * Second);

        timings.All.Select(timing => (timing.Name, timing.Median)).Should().Equal(("first", 3 * Second), ("second", Second));
    }

    [Fact]
    public void A_name_that_was_not_measured_is_answered_with_those_that_were()
    {
        var timings = new Timings("t");
        var ask = () => timings["thread"];

        ask.Should().Throw<KeyNotFoundException>().WithMessage("Nothing is measured yet, so there is no 'thread'*");
        timings.Add("threads", Second);
        ask.Should().Throw<KeyNotFoundException>().WithMessage("Nothing named 'thread' was measured. There is: 'threads'.");
    }

    [Fact]
    public void A_measurement_needs_samples_that_are_possible()
    {
        var timings = new Timings("t");

        timings.Invoking(t => t.Add("none", Array.Empty<TimeSpan>())).Should().Throw<ArgumentException>().WithMessage("'none' has no sample*");
        timings.Invoking(t => t.Add("past", -Second)).Should().Throw<ArgumentException>().WithMessage("'past' has a sample of -00:00:01*");
        timings.Invoking(t => t.Measure("never", () => { }, repeats: 0)).Should().Throw<ArgumentOutOfRangeException>();
        timings.All.Should().BeEmpty();
    }

    [Fact]
    public void The_text_is_a_table_under_the_machine()
    {
        Gallery.Pictures["bars-models"]().ToString().Should().Be(
            """
            Ten waits of 0.1 s
            Example 3000 with 2 cores, Linux, .NET 10

            name        median     min     max  runs
            sequential     1 s     1 s  1.01 s     3
            threads     104 ms  101 ms  180 ms     3
            processes   310 ms  250 ms  420 ms     3
            async       101 ms  101 ms  101 ms     1
            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void The_machine_is_described_without_its_name()
    {
        Machine.Description.Should().Contain(Machine.Cores == 1 ? "1 core," : $"{Machine.Cores} cores,").And.Contain(".NET ");
        Machine.Description.Should().NotContain("\n");
        Machine.Description.Split([' ', ',', '(', ')'], StringSplitOptions.RemoveEmptyEntries).Should().NotContain(Environment.MachineName);
    }

    // What a machine that gives so many cores answers: one loop alone, and two at once, in so many seconds in all.
    private static BareLoops Give(double cores, double seconds = 1)
    {
        var together = seconds * Second / (1 + cores / 2);
        return new BareLoops(2, seconds * Second - together, together);
    }
}
