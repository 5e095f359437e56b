namespace ConcurrencyNotebooks.Tests;

public sealed class QuantityTests
{
    [Theory]
    [InlineData(1.2345, "s", "1.23 s")]
    [InlineData(0.104, "s", "104 ms")]
    [InlineData(0.9996, "s", "1 s")] // Rounded up it is a second, not 1,000 ms.
    [InlineData(2.4e-6, "s", "2.4 µs")]
    [InlineData(1.1e-7, "s", "110 ns")]
    [InlineData(3e-10, "s", "0.3 ns")]
    [InlineData(0, "s", "0 s")]
    [InlineData(-0.02, "s", "-20 ms")]
    [InlineData(640_000, "B", "640 kB")]
    [InlineData(1e7, "B", "10 MB")]
    [InlineData(12, "B", "12 B")]
    [InlineData(1_482_344, "", "1,482,344")]
    [InlineData(15_700.4, "tasks/s", "15,700 tasks/s")]
    [InlineData(23.84, "×", "23.8×")]
    [InlineData(0.5, "%", "0.5%")]
    [InlineData(1e18, "", "1e+18")]
    [InlineData(1.5e-7, "", "1.5e-7")]
    [InlineData(1e-320, "", "1e-320")]
    [InlineData(double.NaN, "s", "not a number")]
    [InlineData(double.PositiveInfinity, "s", "infinite")]
    [InlineData(double.NegativeInfinity, "s", "-infinite")]
    public void A_number_is_written_with_the_unit_that_suits_it(double value, string unit, string expected)
    {
        Quantity.Format(value, unit).Should().Be(expected);
    }

    [Fact]
    public void Minus_zero_is_written_without_its_sign()
    {
        Quantity.Format(-0.0, "s").Should().Be("0 s");
    }
}
