namespace ConcurrencyNotebooks;

/// <summary>The measures of a picture, in user units of which <see cref="Width"/> are across.</summary>
internal static class Canvas
{
    // Narrow on purpose: at 400 pixels the text of a picture that is 520 across is still 10 pixels high.
    public const double Width = 520;
    public const double Margin = 14;
    public const double FontSize = 14;
    public const double SmallFontSize = 13;

    /// <summary>A coordinate: a tenth of a unit is finer than a pixel, and rounding keeps pictures small and comparable.</summary>
    public static string N(double value) => (Math.Round(value, 1) + 0.0).ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>
    /// A dot; the shapes of six neighbours differ. Small ones are the round ends of lines without length, which are short to write.
    /// </summary>
    public static string Symbol(MarkSeries series, double x, double y) => $"M{N(x)} {N(y)}" + (series.Size < 3, series.Symbol % 6) switch
    {
        (true, _) => "h0",
        (_, 0) => "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
        (_, 1) => "m-4-4h8v8h-8z",
        (_, 2) => "m0-5l5 9h-10z",
        (_, 3) => "m0-6l6 6l-6 6l-6-6z",
        (_, 4) => "m0 5l5-9h-10z",
        _ => "m-5-1.5h10v3h-10zm3.5-3.5h3v10h-3z",
    };
}
