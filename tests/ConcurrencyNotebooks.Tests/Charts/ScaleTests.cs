namespace ConcurrencyNotebooks.Tests;

public sealed class ScaleTests
{
    [Theory]
    [InlineData(new[] { 1.0 }, "s", "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(new[] { 0.148 }, "s", "0 50 100")]
    [InlineData(new[] { 0.0000031 }, "s", "0 1 2 3")]
    [InlineData(new[] { 2_000_000.0 }, "", "0 500,000 1,000,000 1,500,000 2,000,000")]
    [InlineData(new[] { -3.5, -1 }, "", "-3 -2 -1 0")]
    [InlineData(new[] { 0.0 }, "", "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(new[] { double.NaN }, "", "0.0 0.2 0.4 0.6 0.8 1.0")]
    public void Linear_ticks_are_round_in_the_unit_that_suits(double[] values, string unit, string expected)
    {
        var scale = new Scale(new ChartAxis("", unit), values, 0, 450);

        string.Join(' ', scale.Ticks.Select(tick => tick.Label)).Should().Be(expected);
    }

    [Theory]
    [InlineData(new[] { 1e-7, 0.03 }, "s", "100 ns, 1 µs, 10 µs, 100 µs, 1 ms, 10 ms")]
    [InlineData(new[] { 1.0, 1e12 }, "", "1, 10,000, 100,000,000, 1,000,000,000,000")]
    [InlineData(new[] { 3.0, 40 }, "", "2, 5, 10, 20, 50")]
    [InlineData(new[] { 5.0 }, "", "0.5, 1, 2, 5, 10, 20, 50")]
    [InlineData(new[] { 0.0094, 0.247 }, "s", "5 ms, 10 ms, 20 ms, 50 ms, 100 ms, 200 ms, 500 ms")]
    [InlineData(new[] { 0.02, 0.041 }, "s", "20 ms, 30 ms, 40 ms, 50 ms")]
    [InlineData(new[] { 3.0, 180 }, "words", "3 words, 10 words, 30 words, 100 words")]
    [InlineData(new[] { 0.002, 1.9 }, "s", "10 ms, 100 ms, 1 s")]
    [InlineData(new[] { -1.0, 0 }, "", "0.1, 0.2, 0.5, 1, 2, 5, 10")]
    public void Logarithmic_ticks_are_powers_of_ten_or_the_steps_between(double[] values, string unit, string expected)
    {
        var scale = new Scale(new ChartAxis("", unit, Logarithmic: true), values, 0, 450);

        string.Join(", ", scale.Ticks.Select(tick => tick.Label)).Should().Be(expected);
    }

    [Fact]
    public void Labels_never_touch_however_narrow_or_odd_the_range()
    {
        var random = new Random(1);
        for (var i = 0; i < 2_000; i++)
        {
            var (low, high) = (Number(), Number());
            var axis = new ChartAxis("", i % 3 == 0 ? "s" : "", Logarithmic: i % 2 == 0);

            var scale = new Scale(
                axis, [low, high, i % 5 == 0 ? -high : high], 40, 200 + random.Next(300), withZero: i % 7 != 0, round: i % 4 == 0);

            var ends = scale.Ticks
                .Select(tick => (At: scale.At(tick.Value), Half: TextLayout.Width(tick.Label, Canvas.SmallFontSize) / 2)).ToList();
            ends.Should().NotBeEmpty($"values {low} to {high} on {axis}");
            ends.Zip(ends.Skip(1)).Should().NotContain(
                pair => pair.First.At + pair.First.Half >= pair.Second.At - pair.Second.Half, $"values {low} to {high} on {axis}");
        }

        double Number() => Math.Pow(10, random.Next(-9, 10)) * random.NextDouble();
    }

    [Fact]
    public void A_scale_places_its_ends_at_its_ends()
    {
        var scale = new Scale(new ChartAxis(), [-10, 30], 100, 500);

        (scale.At(-10), scale.At(30), scale.Zero).Should().Be((100, 500, 200));
    }

    [Fact]
    public void A_caption_has_the_unit_and_says_that_the_scale_is_logarithmic()
    {
        new Scale(new ChartAxis("time", "s"), [0.02], 0, 400).Caption.Should().Be("time (ms)");
        new Scale(new ChartAxis("time", "s", true), [0.02], 0, 400).Caption.Should().Be("time, logarithmic scale");
        new Scale(new ChartAxis(), [0.02], 0, 400).Caption.Should().BeEmpty();
    }
}
