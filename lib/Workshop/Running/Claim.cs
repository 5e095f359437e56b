namespace Workshop.Running;

/// <summary>A claim that a notebook tested: what it said, what was measured, what was expected, and the verdict.</summary>
internal sealed record Claim(
    string Statement,
    double? Measured,
    string? Unit,
    string? Bound,
    Verdict Verdict,
    string? Reason,
    string? Machine)
{
    /// <summary>The measured number with its unit, with as many digits as say something.</summary>
    public string MeasuredText => (Measured, Unit) switch
    {
        (null, _) => "–",
        ({ } value, null or "") => Digits(value),
        ({ } value, "s") when Math.Abs(value) is > 0 and < 1e-3 => $"{Digits(value * 1e6)} µs",
        ({ } value, "s") when Math.Abs(value) is > 0 and < 1 => $"{Digits(value * 1e3)} ms",
        ({ } value, _) => $"{Digits(value)} {Unit}",
    };

    private static string Digits(double value) => Math.Abs(value) switch
    {
        _ when !double.IsFinite(value) => value.ToString(Culture),
        >= 1000 => value.ToString("#,0", Culture),
        >= 100 => value.ToString("0.#", Culture),
        >= 1 or 0 => value.ToString("0.##", Culture),
        _ => value.ToString("0.###", Culture) is var text && text is not ("0" or "-0") ? text : value.ToString("0.##E+0", Culture),
    };

    private static System.Globalization.CultureInfo Culture => System.Globalization.CultureInfo.InvariantCulture;
}
