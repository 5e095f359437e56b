using System.Text.Json;
using System.Xml.Linq;

namespace ConcurrencyNotebooks.Tests;

public sealed class ClaimsTests
{
    private const string Here = "Example 3000";

    [Theory]
    [InlineData(20, Verdict.Holds)]
    [InlineData(19.999999, Verdict.Fails)]
    [InlineData(double.PositiveInfinity, Verdict.Holds)]
    [InlineData(double.NegativeInfinity, Verdict.Fails)]
    [InlineData(double.NaN, Verdict.Fails)]
    public void At_least_includes_its_bound(double measured, Verdict expected)
    {
        var claim = Claims.Check("c", measured, atLeast: 20);

        claim.Verdict.Should().Be(expected);
        claim.Bound.Should().Be("at least 20");
    }

    [Theory]
    [InlineData(0.1, Verdict.Holds)]
    [InlineData(0.10000001, Verdict.Fails)]
    public void At_most_includes_its_bound(double measured, Verdict expected)
    {
        var claim = Claims.Check("c", measured, atMost: 0.1, unit: "s");

        claim.Verdict.Should().Be(expected);
        claim.Bound.Should().Be("at most 100 ms");
    }

    [Theory]
    [InlineData(2.9, Verdict.Fails)]
    [InlineData(3, Verdict.Holds)]
    [InlineData(5, Verdict.Holds)]
    [InlineData(5.1, Verdict.Fails)]
    public void Two_bounds_are_a_range(double measured, Verdict expected)
    {
        var claim = Claims.Check("c", measured, atLeast: 3, atMost: 5, unit: "×");

        claim.Verdict.Should().Be(expected);
        claim.Bound.Should().Be("from 3× to 5×");
    }

    [Theory]
    [InlineData(50, Verdict.Holds)]
    [InlineData(200, Verdict.Holds)]
    [InlineData(49, Verdict.Fails)]
    [InlineData(201, Verdict.Fails)]
    [InlineData(-100, Verdict.Fails)]
    [InlineData(double.NaN, Verdict.Fails)]
    public void About_allows_the_factor_both_ways(double measured, Verdict expected)
    {
        Claims.About("c", measured, expected: 100, withinFactor: 2).Verdict.Should().Be(expected);
    }

    [Theory]
    [InlineData(2_000_000, Verdict.Holds)]
    [InlineData(1_999_999, Verdict.Fails)]
    [InlineData(double.NaN, Verdict.Fails)]
    public void Exactly_allows_nothing_else(double measured, Verdict expected)
    {
        Claims.Exactly("c", measured, 2_000_000).Verdict.Should().Be(expected);
    }

    [Fact]
    public void A_measurement_that_just_misses_its_bound_is_not_shown_as_equal_to_it()
    {
        Claims.Check("c", 19.9999, atLeast: 20, machine: Here).ToString().Should().Be("✘ c: measured 19.9999, claimed at least 20 (Example 3000)");
    }

    [Fact]
    public void A_measurement_that_is_not_a_number_fails_with_that_reason()
    {
        var claim = Claims.Check("c", double.NaN, atMost: 1);

        claim.Reason.Should().Be("the measurement is not a number");
        claim.ToString().Should().StartWith("✘ c: the measurement is not a number, claimed at most 1");
        JsonOf(claim).GetProperty("measured").ValueKind.Should().Be(JsonValueKind.Null);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(5)]
    [InlineData(double.NaN)]
    public void A_claim_that_needs_more_cores_than_there_are_is_skipped_whatever_was_measured(double measured)
    {
        var claim = Claims.Check("c", measured, atLeast: 1, needsCores: Machine.Cores + 1);

        claim.Verdict.Should().Be(Verdict.Skipped);
        claim.Reason.Should().Be($"it needs {Machine.Cores + 1} cores, and this process has {Machine.Cores}");
        claim.ToString().Should().StartWith("– c: ").And.Contain("skipped, because it needs");
        Claims.Check("c", 5, atLeast: 1, needsCores: Machine.Cores).Verdict.Should().Be(Verdict.Holds);
    }

    [Fact]
    public void A_recorded_result_is_judged_whatever_this_machine_is()
    {
        var claim = Claims.Check("c", 3, atLeast: 2, needsCores: int.MaxValue, machine: Here);

        claim.Verdict.Should().Be(Verdict.Holds);
        claim.Machine.Should().Be(Here);
    }

    [Fact]
    public void A_claim_that_nothing_could_satisfy_says_how_to_write_it()
    {
        Throws(() => Claims.Check("c", 1), "The claim 'c' has no bound; give atLeast:, atMost: or both.*");
        Throws(() => Claims.Check("c", 1, atLeast: 5, atMost: 3), "Nothing is at least 5 and at most 3, as the claim 'c' demands; swap the bounds.*");
        Throws(() => Claims.Check("c", 1, atLeast: double.NaN), "A bound of the claim 'c' is not a number*");
        Throws(() => Claims.About("c", 1, 0, 2), "The claim 'c' expects about 0; a factor needs a positive number. Use Check for others.*");
        Throws(() => Claims.About("c", 1, 1, 0.5), "The claim 'c' allows a factor of 0.5; give 1 or more, such as 1.5.*");
        Throws(() => Claims.Exactly("c", 1, double.NaN), "The claim 'c' expects something that is not a number*");

        static void Throws(Func<Claim> act, string message) => act.Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Fact]
    public void The_root_element_carries_all_facts_as_json()
    {
        var claim = Claims.Check("\"更新\" <kept> & 'safe'", 23.84, atLeast: 20, unit: "×", machine: Here);

        var json = JsonOf(claim);

        json.EnumerateObject().Select(property => property.Name).Should().Equal("statement", "measured", "unit", "bound", "verdict", "reason", "machine");
        json.GetProperty("statement").GetString().Should().Be("\"更新\" <kept> & 'safe'");
        json.GetProperty("measured").GetDouble().Should().Be(23.84);
        json.GetProperty("unit").GetString().Should().Be("×");
        json.GetProperty("bound").GetString().Should().Be("at least 20×");
        json.GetProperty("verdict").GetString().Should().Be("holds");
        json.GetProperty("reason").GetString().Should().BeEmpty();
        json.GetProperty("machine").GetString().Should().Be(Here);
    }

    [Theory]
    [InlineData(Verdict.Holds, "✔", "holds")]
    [InlineData(Verdict.Fails, "✘", "fails")]
    [InlineData(Verdict.Skipped, "–", "skipped")]
    public void The_verdict_is_a_sign_a_word_for_a_screen_reader_and_a_value_for_the_runner(Verdict verdict, string sign, string value)
    {
        var claim = new Claim("c", 1, "", "at least 1", verdict, "for a reason", Here);

        var html = XElement.Parse(claim.ToHtml());

        html.Descendants("span").Should().ContainSingle(span => span.Value == sign)
            .Which.Attribute("aria-label")!.Value.Should().BeEquivalentTo(value);
        JsonOf(claim).GetProperty("verdict").GetString().Should().Be(value);
        claim.ToString().Should().StartWith(sign);
    }

    [Fact]
    public void Several_claims_are_one_value_and_each_can_be_collected()
    {
        var claims = Claims.All(Claims.Exactly("a", 1, 1), Claims.Exactly("b", 1, 2), Claims.Skip("c", "no Python was found"));

        XElement.Parse($"<all>{claims.ToHtml()}</all>").Elements().Select(element => element.Attribute("data-claim")).Should().HaveCount(3).And.NotContainNulls();
        claims.ToString().Split('\n').Select(line => line[0]).Should().Equal('✔', '✘', '–');
    }

    private static JsonElement JsonOf(Claim claim) =>
        JsonDocument.Parse(XElement.Parse(claim.ToHtml()).Attribute("data-claim")!.Value).RootElement;

    [Fact]
    public void Faster_and_AsFast_judge_the_speedup_of_one_measurement_over_another()
    {
        var timings = new Timings("t");
        timings.Add("sequence", TimeSpan.FromSeconds(4));
        timings.Add("threads", TimeSpan.FromSeconds(1));

        var faster = Claims.Faster("threads gain", timings, "threads", over: "sequence", atLeast: 3);
        var slower = Claims.Faster("the sequence gains", timings, "sequence", over: "threads", atLeast: 3);
        var equal = Claims.AsFast("no difference", timings, "threads", over: "sequence", withinFactor: 2);

        (faster.Verdict, faster.Measured, faster.Unit).Should().Be((Verdict.Holds, 4, "times faster"));
        (slower.Verdict, slower.Measured).Should().Be((Verdict.Fails, 0.25));
        (equal.Verdict, equal.Bound).Should().Be((Verdict.Fails, "about 1 times faster, within a factor of 2"));
    }
}
