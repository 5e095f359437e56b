namespace ConcurrencyNotebooks.Tests;

public sealed class GuessTests
{
    [Fact]
    public void A_guess_is_a_mark_in_the_picture_the_table_and_the_figure()
    {
        var waits = Waits();
        waits.Guess("four threads", 0.2);

        waits.ToSvg().Should().Contain("four threads: 4.0× as fast (1 round) as in sequence").And.Contain(">guessed<");
        waits.ToString().Should().Contain("guessed");
        waits.ToFigureJson().Should().Contain("diamond-open");
    }

    [Fact]
    public void The_calibration_counts_the_guesses_within_a_factor_of_two_and_leaves_out_what_was_not_measured()
    {
        var waits = Waits();
        waits.Guess("four threads", 0.19);
        waits.Guess("in sequence", 4);
        waits.Guess("never added", 1);

        Calibration.Of(waits).Subtitle.Should().Be("1 of 2 within a factor of two");
        Calibration.Of(new Comparison("nothing")).Subtitle.Should().Be("No guess was made.");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_guess_that_is_no_time_is_refused(double seconds) =>
        new Comparison("t").Invoking(comparison => comparison.Guess("one", seconds)).Should()
            .Throw<ArgumentOutOfRangeException>().WithMessage("The guess for 'one' is no time; give seconds, such as 0.1.*");

    private static Comparison Waits()
    {
        var waits = new Comparison("Four waits");
        waits.AddTimes("in sequence", null, TimeSpan.FromSeconds(0.4));
        waits.AddTimes("four threads", null, TimeSpan.FromSeconds(0.1));
        return waits;
    }
}
