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
    public static string N(double value) => Math.Round(value, 1).ToString("#.#;-#.#;0", CultureInfo.InvariantCulture);

    /// <summary>
    /// Dots; the shapes of six neighbours differ. Small ones are the round ends of lines without length, which are short to write, and
    /// shorter from one to the next.
    /// </summary>
    public static string Symbols(MarkSeries series, IEnumerable<(double X, double Y)> places)
    {
        var shape = (series.Symbol % 6) switch
        {
            0 => "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
            1 => "m-4-4h8v8h-8z",
            2 => "m0-5l5 9h-10z",
            3 => "m0-6l6 6l-6 6l-6-6z",
            4 => "m0 5l5-9h-10z",
            _ => "m-5-1.5h10v3h-10zm3.5-3.5h3v10h-3z",
        };
        if (series.Size >= 3) return string.Concat(places.Select(place => $"M{N(place.X)} {N(place.Y)}{shape}"));
        var rounded = places.Select(place => (X: Math.Round(place.X, 1), Y: Math.Round(place.Y, 1))).ToList();
        return string.Concat(rounded.Select((place, i) => i == 0
            ? $"M{N(place.X)} {N(place.Y)}h0"
            : $"m{N(place.X - rounded[i - 1].X)} {N(place.Y - rounded[i - 1].Y)}h0"));
    }
}
