using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;

namespace ConcurrencyNotebooks.Tests;

/// <summary>Any finite numbers, on any axis, make a picture and a figure, in bounded work and of bounded size.</summary>
/// <remarks>Some hundreds of charts in a usual run; as many as CHART_RUNS says where that is set.</remarks>
public sealed class AnyNumbersTests
{
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(
        int.TryParse(Environment.GetEnvironmentVariable("CHART_RUNS"), out var runs) ? runs : 300);

    // Doubles of every size, and neighbours of a number: by their bits, and by the cases that went wrong.
    private static readonly Gen<double> AnyNumber = Gen.OneOf(
        ArbMap.Default.GeneratorFor<long>().Select(BitConverter.Int64BitsToDouble).Where(double.IsFinite),
        ArbMap.Default.GeneratorFor<ulong>().Select(bits => BitConverter.UInt64BitsToDouble(bits * 0x9E3779B97F4A7C15))
            .Where(double.IsFinite),
        ArbMap.Default.GeneratorFor<NormalFloat>().Select(number => number.Get),
        Gen.Elements(
            0, -0.0, double.Epsilon, -double.Epsilon, 1e-300, 1e300, double.MaxValue, double.MinValue, 1, Math.BitIncrement(1.0),
            638_000_000_000_000_000,
            Math.BitIncrement(638_000_000_000_000_000.0), 0.1, 1e15, 1e-4));

    private static readonly Arbitrary<(double X, double Y)[]> Points =
        AnyNumber.Zip(AnyNumber).Select(pair => (pair.Item1, pair.Item2)).ArrayOf().ToArbitrary();

    [Fact]
    public void A_scale_tries_a_bounded_number_of_ticks_and_places_every_number_within_its_ends()
    {
        Prop.ForAll(Points, ArbMap.Default.ArbFor<byte>(), (points, how) =>
        {
            var axis = new ChartAxis("", (how & 1) == 0 ? "s" : "", Logarithmic: (how & 2) == 0);
            var values = points.Select(point => point.X).ToList();

            var scale = new Scale(axis, values, 40, 500, withZero: (how & 4) == 0, round: (how & 8) == 0);
            return scale.Ticks.Count is > 0 and < 50
                && values.Where(scale.Shows).All(value => scale.At(value) is >= 39 and <= 501)
                && scale.Ticks.All(tick => tick.Label.Length < 40 && double.IsFinite(scale.At(tick.Value)));
        }).Check(Runs);
    }

    [Fact]
    public void Any_lines_make_a_picture_and_a_figure_of_bounded_size() =>
        Prop.ForAll(Points, ArbMap.Default.ArbFor<byte>(), (points, how) => IsSmall(ChartSpec.Lines(
            "t", new ChartAxis("x", Logarithmic: (how & 1) == 0), new ChartAxis("y", "s", Logarithmic: (how & 2) == 0),
            [new("a", points, Shape: (LineShape)(how % 3)), new("b", points.Reverse(), IsReference: true)],
            markAt: points.FirstOrDefault().X, mark: "here")))
        .Check(Runs);

    [Fact]
    public void Any_bars_make_a_picture_and_a_figure_of_bounded_size() =>
        Prop.ForAll(Points, ArbMap.Default.ArbFor<byte>(), (points, how) => IsSmall(ChartSpec.Bars(
            "t", points.Select(point => new ChartBar(
                "bar", point.X, Math.Min(point.X, point.Y), Math.Max(point.X, point.Y), Runs: [point.Y, point.X], Guess: point.Y)),
            new ChartAxis("y", (how & 4) == 0 ? "B" : "ms", Logarithmic: (how & 2) == 0))))
        .Check(Runs);

    [Fact]
    public void Any_cells_make_a_heat_map_of_bounded_size() =>
        Prop.ForAll(Points, ArbMap.Default.ArbFor<bool>(), (points, logarithmic) => points.Length == 0 || IsSmall(ChartSpec.HeatMap(
            "t", points.Take(20).Select(point => ("row", (IEnumerable<double>)[point.X, point.Y])), ["a", "b"], "s", logarithmic)))
        .Check(Runs);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_million_points_make_a_small_picture(bool logarithmic)
    {
        var random = new Random(1);

        var chart = ChartSpec.Lines(
            "t", new ChartAxis("x"), new ChartAxis("y", Logarithmic: logarithmic),
            [new("noise", Enumerable.Range(0, 1_000_000).Select(i => ((double)i, random.NextDouble())))]);

        IsSmall(chart).Should().BeTrue();
    }

    // Small, and made within a second.
    private static bool IsSmall(ChartSpec chart)
    {
        var clock = Stopwatch.StartNew();
        var svg = chart.ToSvg();
        return svg.Length < 200_000 && chart.ToFigureJson().Length < 200_000 && chart.ToString().Length < 100_000
            && !svg.Contains("NaN", StringComparison.Ordinal) && !svg.Contains('∞') && ChartSpec.FromJson(chart.ToJson()).ToSvg() == svg
            && clock.Elapsed < TimeSpan.FromSeconds(1);
    }
}
