namespace ConcurrencyNotebooks;

/// <summary>
/// Places values between two coordinates, linearly or by their logarithm, and finds round ticks with labels that do not touch.
/// </summary>
/// <remarks>
/// Any finite values have a place, in bounded work: a range is never narrower than a billionth of its numbers, because ticks closer
/// than that would be one number and have one label, and what is beyond 1E±300 is placed there, because ranges would overflow.
/// </remarks>
internal sealed class Scale
{
    private const double Largest = 1e300, Smallest = 1e-300, Narrowest = 1e-9, Nearly = 1e-9;

    private readonly ChartAxis _axis;
    private readonly double _low, _high, _from, _to;
    private readonly string _unit;

    // From the coordinate of the lowest value to that of the highest. Only a linear axis may show zero in any case, or end at round ones.
    public Scale(ChartAxis axis, IEnumerable<double> values, double from, double to, bool withZero = true, bool round = false)
    {
        (_axis, _from, _to, _unit) = (axis, from, to, "");
        var shown = values.Where(Shows).Select(Placed).DefaultIfEmpty(axis.Logarithmic ? 1 : 0).ToList();
        (_low, _high) = (shown.Min(), shown.Max());
        if (axis.Categories is { } names)
        {
            (_low, _high) = (-0.5, Math.Max(1, names.Count) - 0.5);
            Ticks = Densest(Enumerable.Range(0, 16).Select(power =>
                names.Select((name, i) => ((double)i, name)).Where((_, i) => i % (1 << power) == 0).ToList()));
        }
        else if (axis.Logarithmic)
        {
            (_low, _high) = (-Round(-_low), Round(_high));
            if (_high <= _low) (_low, _high) = (_low / 10, _high * 10);
            Ticks = Densest(LogarithmicTicks());
        }
        else
        {
            if (withZero) (_low, _high) = (Math.Min(_low, 0), Math.Max(_high, 0));
            var size = Math.Max(Math.Abs(_low), Math.Abs(_high));
            if (size == 0) (_low, _high) = (withZero ? 0 : -1, 1);
            else if (_high - _low < size * Narrowest) (_low, _high) = (_low - (size / 10), _high + (size / 10));
            (var factor, _unit) = Quantity.UnitFor(Math.Max(-_low, _high), axis.Unit);
            if (round)
            {
                var step = Round((_high - _low) / 5);
                (_low, _high) = (Math.Floor((_low / step) + Nearly) * step, Math.Ceiling((_high / step) - Nearly) * step);
            }

            Ticks = Densest(Enumerable.Range(1, 6).Reverse().Select(most => LinearTicks(Round((_high - _low) / most), factor)));
        }
    }

    public IReadOnlyList<(double Value, string Label)> Ticks { get; }

    public double Low => _low;

    public double High => _high;

    public double Zero => _axis.Logarithmic ? _from : At(0);

    public bool Shows(double value) => double.IsFinite(value) && (value > 0 || !_axis.Logarithmic);

    public double At(double value)
    {
        // Differences of logarithms, because a ratio of very different numbers is infinite.
        var (low, high, place) = _axis.Logarithmic
            ? (Math.Log10(_low), Math.Log10(_high), Math.Log10(Placed(value)))
            : (_low, _high, Placed(value));
        return _from + ((place - low) / (high - low) * (_to - _from));
    }

    /// <summary>The title of the axis, with the unit where the ticks do not carry it.</summary>
    public string Caption => _axis.Logarithmic ? $"{_axis.Title}, logarithmic scale".TrimStart(',', ' ')
        : _unit.Length == 0 ? _axis.Title
        : _axis.Title.Length > 0 ? $"{_axis.Title} ({_unit})" : _unit;

    private double Placed(double value) => _axis.Logarithmic ? Math.Clamp(value, Smallest, Largest)
        : Math.Abs(value) < Smallest ? 0
        : Math.Clamp(value, -Largest, Largest);

    // Counted in steps, because adding them up would add up their errors.
    private List<(double, string)> LinearTicks(double step, double factor)
    {
        var (first, last) = ((long)Math.Ceiling((_low / step) - Nearly), (long)Math.Floor((_high / step) + Nearly));
        return [.. Enumerable.Range(0, (int)Math.Max(0, last - first + 1)).Select(i => (first + i) * step)
            .Select(value => (value, Label((value * factor) + 0.0, step * factor)))];
    }

    // As many digits as tell a tick from the next one.
    private static string Label(double value, double step)
    {
        var (size, power) = (Math.Abs(value), (int)Math.Floor(Math.Log10(step) + Nearly));
        if (value == 0 || (size < 1e15 && power >= -6)) return value.ToString("N" + Math.Clamp(-power, 0, 6), CultureInfo.InvariantCulture);
        var digits = Math.Clamp((int)Math.Floor(Math.Log10(size) + Nearly) - power, 0, 12);
        return value.ToString($"0.{new string('#', digits)}e+0", CultureInfo.InvariantCulture);
    }

    // Powers of ten; where there are about two, as many of their multiples as have room, and of many every second, every fourth, …
    private IEnumerable<List<(double, string)>> LogarithmicTicks()
    {
        var (first, last) = ((int)Math.Floor(Math.Log10(_low) + Nearly), (int)Math.Ceiling(Math.Log10(_high) - Nearly));
        if (_high / _low <= 10) yield return Ticks(1, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        if (_high / _low <= 201)
        {
            yield return Ticks(1, 1, 2, 5);
            yield return Ticks(1, 1, 3);
        }

        for (var every = Math.Max(1, (last - first) / 12); every <= last - first + 1; every *= 2) yield return Ticks(every, 1);

        // Parsed, because Math.Pow(10, -6) is not the nearest number to 1e-6, and its label would show it.
        List<(double, string)> Ticks(int every, params int[] factors) =>
        [
            .. from power in Enumerable.Range(first, last - first + 1)
               where power % every == 0
               from factor in factors
               let value = double.Parse(string.Create(CultureInfo.InvariantCulture, $"{factor}E{power}"), CultureInfo.InvariantCulture)
               where value >= _low * 0.999 && value <= _high * 1.001
               select (value, Quantity.Format(value, _axis.Unit)),
        ];
    }

    // The first that has room; where none has, one tick still tells the order of magnitude.
    private List<(double Value, string Label)> Densest(IEnumerable<List<(double Value, string Label)>> choices)
    {
        var some = choices.Where(ticks => ticks.Count > 0).ToList();
        return some.Find(ticks => ticks.Zip(ticks.Skip(1)).All(pair => Math.Abs(At(pair.Second.Value) - At(pair.First.Value))
            >= (_to < _from ? 18 : ((Width(pair.First.Label) + Width(pair.Second.Label)) / 2) + 10))) ?? some[^1][..1];
    }

    private static double Width(string label) => TextLayout.Width(label, Canvas.SmallFontSize);

    // Away from zero to 1, 2 or 5 times a power of ten; towards zero for a negative number.
    private static double Round(double value)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value))));
        return value > 0
            ? (value / power) switch { <= 1.000001 => 1, <= 2.000001 => 2, <= 5.000001 => 5, _ => 10 } * power
            : (-value / power) switch { >= 5 => -5, >= 2 => -2, _ => -1 } * power;
    }
}
