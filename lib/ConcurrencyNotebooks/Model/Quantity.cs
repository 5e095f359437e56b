namespace ConcurrencyNotebooks;

/// <summary>Numbers with units that suit them, in the invariant culture.</summary>
internal static class Quantity
{
    private static readonly (double From, double Factor, string Suffix)[] Seconds =
        [(1, 1, "s"), (1e-3, 1e3, "ms"), (1e-6, 1e6, "µs"), (0, 1e9, "ns")];

    private static readonly (double From, double Factor, string Suffix)[] Bytes =
        [(1e9, 1e-9, "GB"), (1e6, 1e-6, "MB"), (1e3, 1e-3, "kB"), (0, 1, "B")];

    /// <summary>The value with its unit, rounded to some digits that count; whole numbers are never rounded.</summary>
    public static string Format(double value, string unit, int digits = 3)
    {
        if (double.IsNaN(value)) return "not a number";
        if (double.IsInfinity(value)) return value > 0 ? "infinite" : "-infinite";
        var (factor, suffix) = value == 0 ? (1, unit) : UnitFor(Round(value, digits), unit);
        return WithUnit(Number(value * factor + 0.0, digits), suffix); // Adding zero drops the sign of a negative one.
    }

    /// <summary>The unit in which a number of this size reads well, and what to multiply with.</summary>
    public static (double Factor, string Suffix) UnitFor(double value, string unit)
    {
        var units = unit switch { "s" => Seconds, "B" => Bytes, _ => null };
        if (units is null || value == 0 || !double.IsFinite(value)) return (1, unit);
        var (_, factor, suffix) = units.First(candidate => Math.Abs(value) >= candidate.From);
        return (factor, suffix);
    }

    public static string WithUnit(string number, string unit) => unit switch
    {
        "" => number,
        "×" or "%" => number + unit,
        _ => $"{number} {unit}",
    };

    private static string Number(double value, int digits)
    {
        var size = Math.Abs(value);
        if (size >= 1e15 || (size > 0 && size < 1e-4)) return value.ToString("0.##e+0", CultureInfo.InvariantCulture);
        if (value == Math.Floor(value)) return value.ToString("N0", CultureInfo.InvariantCulture);
        var rounded = Round(value, digits);
        return rounded.ToString(Math.Abs(rounded) >= 1000 ? "N0" : "0.########", CultureInfo.InvariantCulture);
    }

    private static double Round(double value, int digits)
    {
        if (value == 0 || !double.IsFinite(value)) return value;
        var places = digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        return places switch
        {
            < 0 => value, // More digits before the point than count: all of them are shown.
            <= 15 => Math.Round(value, places),
            _ => double.Parse(value.ToString("E" + (digits - 1), CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        };
    }
}
