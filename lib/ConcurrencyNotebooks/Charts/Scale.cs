using System.Globalization;

namespace ConcurrencyNotebooks;

/// <summary>Places values between two coordinates, linearly or by their logarithm, and finds round ticks with labels that do not touch.</summary>
/// <remarks>
/// Any finite values have a place, in bounded work: a range is never narrower than a billionth of its numbers, because ticks closer
/// than that would be one number and have one label, and what is beyond 1E±300 is placed there, because ranges would overflow.
/// </remarks>
internal sealed class Scale
{
    private const double Largest = 1e300;
    private const double Smallest = 1e-300;
    private const double Narrowest = 1e-9;

    private readonly ChartAxis _axis;
    private readonly double _low, _high, _from, _to;
    private readonly string _suffix;

    /// <param name="axis">What the axis shows.</param>
    /// <param name="values">The values that must fit; on a logarithmic axis the positive ones.</param>
    /// <param name="from">The coordinate of the lowest.</param>
    /// <param name="to">The coordinate of the highest.</param>
    /// <param name="withZero">Whether a linear axis shows zero in any case.</param>
    /// <param name="round">Whether a linear axis ends at round numbers.</param>
    public Scale(ChartAxis axis, IEnumerable<double> values, double from, double to, bool withZero = true, bool round = false)
    {
        (_axis, _from, _to, _suffix) = (axis, from, to, "");
        if (axis.Categories is { } categories)
        {
            (_low, _high) = (-0.5, Math.Max(1, categories.Count) - 0.5);
            Ticks = CategoryTicks(categories);
            return;
        }

        var shown = values.Where(Shows).Select(Placed).ToList();
        (_low, _high) = shown.Count == 0 ? (0, 1) : (shown.Min(), shown.Max());
        if (axis.Logarithmic)
        {
            (_low, _high) = shown.Count == 0 ? (1, 10) : (RoundDown(_low), RoundUp(_high));
            if (_high <= _low) (_low, _high) = (_low / 10, _high * 10);
            Ticks = LogarithmicTicks();
            return;
        }

        if (withZero) (_low, _high) = (Math.Min(_low, 0), Math.Max(_high, 0));
        var size = Math.Max(Math.Abs(_low), Math.Abs(_high));
        if (size == 0) (_low, _high) = withZero ? (0, 1) : (-1, 1);
        else if (_high - _low < size * Narrowest) (_low, _high) = (_low - (size / 10), _high + (size / 10));
        (var factor, _suffix) = Quantity.UnitFor(Math.Max(Math.Abs(_low), Math.Abs(_high)), axis.Unit);
        if (round) (_low, _high) = Rounded(factor);
        Ticks = LinearTicks(factor);
    }

    public IReadOnlyList<(double Value, string Label)> Ticks { get; }

    /// <summary>How many ticks were tried, for a test that the work is bounded.</summary>
    public int TriedTicks { get; private set; }

    public double Zero => _axis.Logarithmic ? _from : At(0);

    public bool Shows(double value) => double.IsFinite(value) && (value > 0 || !_axis.Logarithmic);

    public double At(double value)
    {
        value = Placed(value);
        // Differences of logarithms, because a ratio of very different numbers is infinite.
        var share = _axis.Logarithmic
            ? (Math.Log10(value) - Math.Log10(_low)) / (Math.Log10(_high) - Math.Log10(_low))
            : (value - _low) / (_high - _low);
        return _from + (share * (_to - _from));
    }

    /// <summary>The title of the axis, with the unit where the ticks do not carry it.</summary>
    public string Caption(string title) => (title, _axis.Logarithmic, _suffix) switch
    {
        ("", true, _) => "logarithmic scale",
        (_, true, _) => $"{title}, logarithmic scale",
        (_, _, "") => title,
        ("", _, _) => _suffix,
        _ => $"{title} ({_suffix})",
    };

    private double Placed(double value) => _axis.Logarithmic ? Math.Clamp(value, Smallest, Largest)
        : Math.Abs(value) < Smallest ? 0
        : Math.Clamp(value, -Largest, Largest);

    private (double, double) Rounded(double factor)
    {
        var step = Step(5, factor);
        return (Math.Floor((_low / step) + 1e-9) * step, Math.Ceiling((_high / step) - 1e-9) * step);
    }

    // As many names as there is room for: all, every second, every third, …
    private List<(double, string)> CategoryTicks(IReadOnlyList<string> categories)
    {
        List<(double, string)> ticks = [];
        for (var every = 1; every <= categories.Count; every *= 2)
        {
            ticks = [.. categories.Select((name, i) => ((double)i, name)).Where((_, i) => i % every == 0)];
            if (Fits(ticks)) break;
        }

        return ticks;
    }

    private List<(double, string)> LinearTicks(double factor)
    {
        List<(double Value, string Label)> ticks = [];
        for (var target = 6; target > 0; target--)
        {
            var step = Step(target, factor);
            // Counted in steps, because adding them up would add up their errors.
            var first = (long)Math.Ceiling((_low / step) - 1e-9);
            var last = (long)Math.Floor((_high / step) + 1e-9);
            if (last < first) break;
            ticks = [];
            for (var i = first; i <= last; i++) ticks.Add((i * step, Label((i * step * factor) + 0.0, step * factor)));
            TriedTicks += ticks.Count;
            if (Fits(ticks)) return ticks;
        }

        return ticks[..Math.Min(1, ticks.Count)]; // No room for two: one still tells the order of magnitude.
    }

    // As many digits as tell a tick from the next one.
    private static string Label(double value, double step)
    {
        var size = Math.Abs(value);
        var places = Math.Max(0, -(int)Math.Floor(Math.Log10(step) + 1e-9));
        if (value == 0 || (size < 1e15 && places <= 6)) return value.ToString("N" + Math.Min(places, 6), CultureInfo.InvariantCulture);
        var digits = Math.Clamp((int)Math.Floor(Math.Log10(size) + 1e-9) - (int)Math.Floor(Math.Log10(step) + 1e-9), 0, 12);
        return value.ToString($"0.{new string('#', digits)}e+0", CultureInfo.InvariantCulture);
    }

    // 1, 2 or 5 times a power of ten, in the unit that is shown.
    private double Step(int target, double factor) => RoundUp((_high - _low) * factor / target) / factor;

    private List<(double, string)> LogarithmicTicks()
    {
        List<(double Value, string Label)> ticks = [], fewest = [];
        var (first, last) = ((int)Math.Floor(Math.Log10(_low) + 1e-9), (int)Math.Ceiling(Math.Log10(_high) - 1e-9));
        int[] mantissas = last - first <= 2 ? [1, 2, 5] : [1];
        for (var decades = 1; decades <= last - first + 1; decades++)
        {
            ticks = [];
            for (var exponent = (int)Math.Ceiling((double)first / decades) * decades; exponent <= last; exponent += decades)
            {
                foreach (var mantissa in mantissas)
                {
                    // Parsed, because Math.Pow(10, -6) is not the nearest number to 1e-6, and its label would show it.
                    var value = double.Parse(string.Create(CultureInfo.InvariantCulture, $"{mantissa}E{exponent}"), CultureInfo.InvariantCulture);
                    if (value >= _low * 0.999 && value <= _high * 1.001) ticks.Add((value, Quantity.Format(value, _axis.Unit)));
                }
            }

            TriedTicks += Math.Max(1, ticks.Count);
            if (ticks.Count > 0) fewest = ticks;
            if (ticks.Count is > 0 and <= 10 && Fits(ticks)) return ticks;
            if (mantissas.Length > 1) (mantissas, decades) = ([1], 0);
        }

        return fewest[..Math.Min(1, fewest.Count)];
    }

    private bool Fits(List<(double Value, string Label)> ticks) => ticks.Zip(ticks.Skip(1)).All(pair =>
    {
        var distance = Math.Abs(At(pair.Second.Value) - At(pair.First.Value));
        var isVertical = _to < _from;
        return isVertical ? distance >= 18 : distance >= ((Width(pair.First.Label) + Width(pair.Second.Label)) / 2) + 10;
    });

    private static double Width(string label) => TextLayout.Width(label, Canvas.SmallFontSize);

    private static double RoundDown(double value)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return (value / power) switch { >= 5 => 5, >= 2 => 2, _ => 1 } * power;
    }

    private static double RoundUp(double value)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return (value / power) switch { <= 1.000001 => 1, <= 2.000001 => 2, <= 5.000001 => 5, _ => 10 } * power;
    }
}
