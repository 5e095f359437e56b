namespace ConcurrencyNotebooks;

/// <summary>Keeps charts small: of very many points those are kept that a reader could see, and the extremes among them.</summary>
internal static class Thinning
{
    /// <summary>About as many points as there are pixels across: more could not be told apart.</summary>
    public const int MostPoints = 400;

    private const int Shown = 4; // digits at the pointer; tables have three

    /// <summary>The first, the last, the lowest and the highest of each stretch of points, in their order.</summary>
    public static List<(double X, double Y)> Points(IReadOnlyList<(double X, double Y)> points, int most)
    {
        var stretch = points.Count <= most ? 1 : (int)Math.Ceiling(points.Count / (most / 4.0));
        return [.. points.Index().Chunk(stretch)
            .SelectMany(part => new[] { part[0], part.MinBy(point => point.Item.Y), part.MaxBy(point => point.Item.Y), part[^1] }
                .Distinct().OrderBy(point => point.Index))
            .Select(point => (Short(point.Item.X, Shown), Short(point.Item.Y, Shown)))];
    }

    /// <summary>Where a line of steps begins, ends and changes: between those a value lasts, however often it was looked at.</summary>
    public static List<(double X, double Y)> Steps(IReadOnlyList<(double X, double Y)> points) =>
        [.. points.Where((point, i) => i == 0 || i == points.Count - 1 || !point.Y.Equals(points[i - 1].Y))];

    public static IReadOnlyList<double>? Numbers(IReadOnlyList<double>? numbers, int most) =>
        numbers is null ? null : [.. Points([.. numbers.Select(number => (0.0, number))], most).Select(point => point.Y)];

    /// <summary>The number with five digits that count, or as many as said, which is more than a picture shows; whole numbers are never
    /// rounded.</summary>
    public static double Short(double number, int digits = 5) => number == Math.Floor(number) || !double.IsFinite(number)
        ? number
        : double.Parse(number.ToString("G" + digits, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
