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
    [InlineData(double.NaN, Verdict.Fails)]
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
        Claims.Check("c", 19.9999, atLeast: 20).ToString().Should().Be("✘ c: 19.9999, claimed at least 20");
        Claims.Check("c", 0.99999, atLeast: 1, atMost: 2, unit: "s").ToString().Should().Be("✘ c: 999.99 ms, claimed from 1 s to 2 s");
        Claims.Check("c", 2.00001, atLeast: 1, atMost: 2).ToString().Should().Be("✘ c: 2.00001, claimed from 1 to 2");
        Claims.Check("c", 1, atLeast: 1.0001, atMost: 11).ToString().Should().Be("✘ c: 1, claimed from 1.0001 to 11");
    }

    [Fact]
    public void Holds_says_what_was_found_out_without_a_number()
    {
        Claims.Holds("It stopped", true).ToString().Should().Be("✔ It stopped");
        Claims.Holds("It stopped", false).ToString().Should().Be("✘ It stopped");
    }

    [Fact]
    public void An_event_is_counted_over_runs_and_one_is_enough()
    {
        var run = 0;

        var claim = Claims.Happens("Updates get lost", runs: 20, () => ++run % 7 == 0);

        (claim.Verdict, claim.Measured, claim.Bound).Should().Be((Verdict.Holds, "in 2 of 20 runs", "in at least 1 run"));
    }

    [Fact]
    public void An_event_that_did_not_happen_may_happen_in_the_next_run_so_nothing_is_decided()
    {
        var claim = Claims.Happens("Updates get lost", new bool[5]);

        claim.Verdict.Should().Be(Verdict.Undecided);
        claim.ToString().Should().Be(
            "– Updates get lost: in 0 of 5 runs, claimed in at least 1 run, "
            + "not decided: it did not happen, and may happen in the next run");
    }

    [Theory]
    [InlineData(99, Verdict.Holds, "in 0 of 20 runs")]
    [InlineData(20, Verdict.Fails, "in 1 of 20 runs")]
    public void What_never_happens_is_refuted_by_a_single_run(int every, Verdict expected, string measured)
    {
        var run = 0;

        var claim = Claims.NeverHappens("Updates get lost", runs: 20, () => ++run % every == 0);

        (claim.Verdict, claim.Measured).Should().Be((expected, measured));
    }

    [Fact]
    public void A_claim_that_nothing_could_satisfy_says_how_to_write_it()
    {
        Throws(() => Claims.Check("c", 1), "The claim 'c' has no bound; give atLeast:, atMost: or both.*");
        Throws(() => Claims.Check("c", 1, atLeast: 5, atMost: 3), "Nothing is at least 5 and at most 3, as the claim 'c' demands; swap*");
        Throws(() => Claims.Check("c", 1, atLeast: double.NaN), "A bound of the claim 'c' is not a number*");
        Throws(() => Claims.Exactly("c", 1, double.NaN), "The claim 'c' expects something that is not a number*");

        Throws(() => Claims.Happens("c", 0, () => true), "*'runs'*");
        Throws(() => Claims.Happens("c", []), "*'runs'*");
        Throws(() => Claims.Happens("c", (bool[])null!), "*'runs'*");
        Throws(() => Claims.Happens("c", 1, null!), "*'happened'*");
        Throws(() => Claims.NeverHappens("c", 1, null!), "*'happened'*");

        static void Throws(Func<Claim> act, string message) => act.Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Theory]
    [InlineData(Verdict.Holds, "✔", "Holds")]
    [InlineData(Verdict.Fails, "✘", "Does not hold")]
    [InlineData(Verdict.Undecided, "–", "Not decided")]
    public void The_verdict_is_a_sign_and_a_word_for_a_screen_reader(Verdict verdict, string sign, string word)
    {
        var claim = new Claim("c < d", "1", "at least 1", verdict, "for a reason", Here);

        var html = XElement.Parse(claim.ToHtml());

        html.Descendants("span").Should().ContainSingle(span => span.Value == sign).Which.Attribute("aria-label")!.Value.Should().Be(word);
        html.Descendants("b").Single().Value.Should().Be("c < d");
        claim.ToString().Should().StartWith(sign);
    }

    [Fact]
    public void Several_claims_are_one_value()
    {
        var claims = Claims.All(Claims.Exactly("a", 1, 1), Claims.Exactly("b", 1, 2), Claims.Happens("c", [false]));

        XElement.Parse($"<all>{claims.ToHtml()}</all>").Elements().Should().HaveCount(3);
        claims.ToString().Split('\n').Select(line => line[0]).Should().Equal('✔', '✘', '–');
    }
}
