namespace ConcurrencyNotebooks.Tests;

public sealed class ComparisonTests
{
    private readonly SimulatedMachine _machine = new(Weather.Steady, new Random(1));

    [Fact]
    public async Task Works_run_in_turns_and_another_one_begins_each_round()
    {
        var order = new List<string>();
        var comparison = new Comparison("turns");
        comparison.Add("a", null, () => order.Add("a"));
        comparison.Add("b", null, async () => { await Task.Yield(); order.Add("b"); });
        comparison.Add("c", null, () => order.Add("c"));

        await comparison.MeasureAsync();

        string.Concat(order).Should().Be("abc" + "bcacababc" + "bcacababc" + "bca", "the first time through is the warm-up");
        comparison.Timings.Should().OnlyContain(timing => timing.Samples.Count == Rounds.Fewest);
    }

    [Fact]
    public async Task Asynchronous_work_is_timed_to_its_end()
    {
        var comparison = new Comparison("end");
        var gate = new TaskCompletionSource();
        var work = comparison.Add("waits", null, () => gate.Task);

        var measuring = comparison.MeasureAsync();
        var waited = measuring.IsCompleted;
        gate.SetResult();
        await measuring;

        waited.Should().BeFalse();
        work.Samples.Should().HaveCount(Rounds.Fewest);
    }

    [Fact]
    public async Task A_reported_time_counts_instead_of_the_clock()
    {
        var comparison = new Comparison("reported");
        var one = comparison.AddReported("one", null, () => TimeSpan.FromHours(1));
        var two = comparison.AddReported("two", null, () => Task.FromResult(TimeSpan.FromHours(2)));

        await comparison.MeasureAsync();

        (one.Median, two.Samples.Min()).Should().Be((TimeSpan.FromHours(1), TimeSpan.FromHours(2)));
        one.Over(two).ToString().Should().Be("2.00× as fast (2.00 to 2.00)");
    }

    [Fact]
    public void The_same_number_stands_in_the_picture_the_table_and_the_claim()
    {
        var comparison = Waits(130, 135, 140, 145, 150, 155, 160);
        comparison.ClaimSpeedup("Threads overlap waits", comparison.Timings[1], over: comparison.Timings[0], atLeast: 5);

        const string Shown = "6.9× as fast (6.2 to 7.7)";
        comparison.Claims.Claims[0].Measured.Should().Be(Shown);
        comparison.ToString().Split('\n').Should()
            .Contain(line => line.Contains($"threads: {Shown} as in sequence: "))
            .And.Contain($"✔ Threads overlap waits: {Shown}, claimed at least 5× as fast");
        comparison.ToSvg().Should().Contain($"threads: {Shown} as in sequence");
        comparison.ToTableHtml().Should().Contain($"<td>threads: {Shown} as in sequence<td>");
        comparison.ToHtml().Should().Contain($": {Shown}, claimed");
    }

    [Theory]
    [InlineData(6.2, null, Verdict.Holds)]
    [InlineData(6.3, null, Verdict.Undecided)]
    [InlineData(7.7, null, Verdict.Undecided)]
    [InlineData(7.8, null, Verdict.Fails)]
    [InlineData(null, 7.7, Verdict.Holds)]
    [InlineData(null, 7.6, Verdict.Undecided)]
    [InlineData(null, 6.1, Verdict.Fails)]
    [InlineData(5.0, 11.0, Verdict.Holds)]
    public void A_claim_is_judged_by_the_whole_interval(double? atLeast, double? atMost, Verdict expected)
    {
        var comparison = Waits(130, 135, 140, 145, 150, 155, 160);

        comparison.ClaimSpeedup("c", comparison.Timings[1], over: comparison.Timings[0], atLeast, atMost);

        comparison.Claims.Claims[0].Verdict.Should().Be(expected);
    }

    [Fact]
    public void As_fast_is_two_sided()
    {
        Judge(950, 980, 1000, 1010, 1020, 1040, 1050).Should().Be(Verdict.Holds);
        Judge(1900, 1950, 2000, 2010, 2020, 2050, 2100).Should().Be(Verdict.Fails, "it is half as fast");
        Judge(480, 490, 500, 500, 500, 510, 520).Should().Be(Verdict.Fails, "it is twice as fast");
        Judge(700, 900, 1000, 1000, 1000, 1100, 1300).Should().Be(Verdict.Undecided);

        static Verdict Judge(params int[] milliseconds)
        {
            var comparison = Waits(milliseconds);
            comparison.ClaimAsFast("c", comparison.Timings[1], comparison.Timings[0]);
            return comparison.Claims.Claims[0].Verdict;
        }
    }

    [Fact]
    public void As_fast_is_two_sided_where_the_bounds_are_far_apart_too()
    {
        var comparison = Waits(Enumerable.Repeat(1_000_000, 7).ToArray());

        comparison.ClaimAsFast("a thousand times slower", comparison.Timings[1], comparison.Timings[0], within: 300);
        comparison.ClaimAsFast("a thousand times faster", comparison.Timings[0], comparison.Timings[1], within: 300);

        comparison.Claims.Claims.Should().OnlyContain(claim => claim.Verdict == Verdict.Fails);
    }

    [Fact]
    public void Six_rounds_decide_nothing()
    {
        var comparison = Waits(100, 100, 100, 100, 100, 100);
        comparison.ClaimSpeedup("c", comparison.Timings[1], comparison.Timings[0], atLeast: 2);

        var claim = comparison.Claims.Claims[0];

        (claim.Verdict, claim.Reason, claim.Measured).Should()
            .Be((Verdict.Undecided, "a verdict needs 7 rounds", "10.0× as fast (6 rounds)"));
    }

    [Theory]
    [InlineData(1.3)]
    [InlineData(0.5)]
    public async Task Without_the_cores_nothing_is_decided_whatever_the_outcome(double atLeast)
    {
        var machine = new SimulatedMachine(Weather.OneCore, new Random(1));
        var comparison = new Comparison("starved", 2, machine);
        var slow = machine.Add(comparison, "slow", 0.02);
        var fast = machine.Add(comparison, "fast", 0.01, cores: 2);
        comparison.ClaimSpeedup("at least", fast, slow, atLeast: atLeast);
        comparison.ClaimAsFast("as fast", fast, slow);

        await comparison.MeasureAsync();

        comparison.Claims.Claims.Should().OnlyContain(claim => claim.Verdict == Verdict.Undecided)
            .And.OnlyContain(claim => claim.Reason.StartsWith("the machine gave ") && claim.Reason.Contains(" of 2 cores ("));
        comparison.ToString().Should().Contain("bare loop on each of 2 cores at once").And.Contain("enough of them in 0 of ");
    }

    [Fact]
    public async Task Where_the_cores_come_and_go_only_rounds_that_had_them_count()
    {
        var machine = new SimulatedMachine(Weather.CoreComesAndGoes, new Random(1));
        var comparison = new Comparison("now and then", 2, machine);
        var slow = machine.Add(comparison, "slow", 0.02);
        var fast = machine.Add(comparison, "fast", 0.01, cores: 2);
        comparison.ClaimSpeedup("at least", fast, slow, atLeast: 1.5);

        await comparison.MeasureAsync();

        fast.Over(slow).Low.Should().BeGreaterThan(1.5, "with one core both take the same time");
        comparison.Claims.Claims[0].Verdict.Should().Be(Verdict.Holds);
        comparison.ToString().Should().MatchRegex(@"enough of them in (7|14) of \d\d rounds");
    }

    [Fact]
    public async Task Where_the_system_counts_too_few_cores_three_rounds_make_a_picture_and_no_verdict()
    {
        var comparison = new Comparison("few", 3, _machine);
        var slow = _machine.Add(comparison, "slow", 0.02);
        var fast = _machine.Add(comparison, "fast", 0.02);
        comparison.ClaimAsFast("as fast", fast, slow);

        await comparison.MeasureAsync();

        comparison.Claims.Claims[0].Should().BeEquivalentTo(
            new { Verdict = Verdict.Undecided, Reason = "it needs 3 cores, and this process has 2" });
        slow.Samples.Should().HaveCount(3);
    }

    [Fact]
    public async Task Rounds_go_on_until_every_claim_is_decided_and_no_longer_than_the_limit()
    {
        var clear = new Comparison("clear", 1, _machine);
        var close = new Comparison("close", 1, _machine);
        var slow = new Comparison("slow", 1, _machine);
        foreach (var (comparison, seconds) in new[] { (clear, 0.01), (close, 0.01), (slow, 1.0) })
        {
            var one = _machine.Add(comparison, "one", seconds);
            var other = _machine.Add(comparison, "other", seconds);
            comparison.ClaimSpeedup("c", one, other, atLeast: comparison == clear ? 0.5 : 1);
            await comparison.MeasureAsync();
        }

        clear.Timings[0].Samples.Should().HaveCount(Rounds.Fewest);
        close.Timings[0].Samples.Should().HaveCount(Rounds.Most);
        close.Claims.Claims[0].Reason.Should().Be("after 40 rounds the bound still lies within the interval");
        slow.Timings[0].Samples.Should().HaveCount(Rounds.Fewest, "they took longer than the limit, but fewer could not decide anything");
    }

    [Fact]
    public async Task A_quick_run_takes_one_round_and_says_so()
    {
        var runs = 0;
        var comparison = new Comparison("quick", 1, new WorkRunner(), isQuick: true);
        var one = comparison.Add("one", null, () => { runs++; });
        comparison.ClaimSpeedup("c", one, one, atLeast: 0.5);

        await comparison.MeasureAsync();

        runs.Should().Be(1);
        comparison.Claims.Claims[0].Should().BeEquivalentTo(new
        {
            Verdict = Verdict.Undecided,
            Measured = "1.00× as fast (1 round)",
            Reason = "a verdict needs 7 rounds, and CONCURRENCY_NOTEBOOKS_QUICK allows one",
        });
    }

    [Theory]
    [InlineData(10, 2, Verdict.Holds)]
    [InlineData(20, 2, Verdict.Undecided)]
    [InlineData(10, 1, Verdict.Undecided)]
    public void Times_of_another_program_are_judged_by_the_loops_that_it_ran(int milliseconds, int cores, Verdict expected)
    {
        var comparison = new Comparison("Python", needsCores: 2);
        var sequence = comparison.AddTimes("sequence", null, Milliseconds(100, 100, 100, 100, 100, 100, 100));
        var threads = comparison.AddTimes("threads", null, Milliseconds(99, 101, 100, 100, 100, 100, 100));
        var together = Enumerable.Repeat(TimeSpan.FromMilliseconds(milliseconds), 7);
        comparison.AddCores(Milliseconds(10, 10, 10, 10, 10, 10, 10), together, cores, "Example 3000");
        comparison.ClaimAsFast("c", threads, sequence);

        var claim = comparison.Claims.Claims[0];

        (claim.Verdict, claim.Machine).Should().Be((expected, "Example 3000"));
    }

    [Fact]
    public async Task What_a_work_throws_comes_out_unchanged()
    {
        var comparison = new Comparison("throws");
        comparison.Add("a", null, () => throw new NotSupportedException("as it is"));

        var measuring = comparison.MeasureAsync;

        await measuring.Should().ThrowAsync<NotSupportedException>().WithMessage("as it is");
    }

    [Fact]
    public void Mistakes_are_answered_with_what_to_write()
    {
        var comparison = new Comparison("mistakes");
        var one = comparison.Add("one", null, () => { });

        Throws<ArgumentException>(() => comparison.Add("one", null, () => { }), "There is a work named 'one' already; give each*");
        Throws<InvalidOperationException>(() => _ = one.Median, "'one' was not measured yet. Call await …MeasureAsync()*");
        Throws<ArgumentException>(() => comparison.ClaimSpeedup("c", one, one), "The claim 'c' has no bound*");
        Throws<ArgumentException>(() => comparison.ClaimAsFast("c", one, one, within: 1), "The claim 'c' allows a factor of 1; give*");
        var other = new Comparison("another").Add("other", null, () => { });
        Throws<ArgumentException>(() => comparison.ClaimSpeedup("c", one, other, 2), "The claim 'c' is about 'other', which is no*");
        Throws<ArgumentException>(() => comparison.ClaimAsFast("c", other, one), "The claim 'c' is about 'other', which is no*");
        Throws<ArgumentException>(() => comparison.ClaimSpeedup("c", one, null!, 2), "The claim 'c' is about '', which is no*");
        Throws<ArgumentNullException>(() => comparison.AddTimes("null", null, (IEnumerable<TimeSpan>)null!), "*'times'*");
        Throws<ArgumentException>(() => comparison.AddTimes("none", null), "'none' has no times; give at least one.*");
        Throws<ArgumentException>(() => comparison.AddTimes("back", null, TimeSpan.FromSeconds(-1)), "'back' has a sample of -00:00:01*");

        static void Throws<T>(Action act, string message)
            where T : Exception => act.Should().Throw<T>().WithMessage(message);
    }

    [Fact]
    public void What_was_not_measured_yet_says_so()
    {
        var comparison = new Comparison("early");
        var one = comparison.Add("one", null, () => { });
        comparison.ClaimSpeedup("c", one, one, atLeast: 1);

        comparison.ToString().Should().Contain("– c: claimed at least 1× as fast, not decided: it was not measured yet");
        comparison.ToSvg().Should().Contain("There are no values to draw.");
    }

    private static Comparison Waits(params int[] threads)
    {
        var comparison = new Comparison("Waits");
        comparison.AddTimes("in sequence", ConcurrencyModel.Sequential, threads.Select(_ => TimeSpan.FromMilliseconds(1000)));
        comparison.AddTimes("threads", ConcurrencyModel.Threads, Milliseconds(threads));
        return comparison;
    }

    private static IEnumerable<TimeSpan> Milliseconds(params int[] milliseconds) =>
        milliseconds.Select(ms => TimeSpan.FromMilliseconds(ms));
}
