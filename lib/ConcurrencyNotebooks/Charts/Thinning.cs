namespace ConcurrencyNotebooks;

/// <summary>Keeps charts small: of very many points those are kept that a reader could see, and the extremes among them.</summary>
internal static class Thinning
{
    /// <summary>About as many points as there are pixels across: more could not be told apart.</summary>
    public const int MostPoints = 400;

    /// <summary>The first, the last, the lowest and the highest of each stretch of points, in their order.</summary>
    public static List<(double X, double Y)> Points(List<(double X, double Y)> points, int most)
    {
        if (points.Count <= most) return points;
        var stretch = (int)Math.Ceiling(points.Count / (most / 4.0));
        return [.. points.Chunk(stretch).SelectMany(part =>
        {
            int[] kept = [0, IndexOf(part, part.MinBy(point => point.Y)), IndexOf(part, part.MaxBy(point => point.Y)), part.Length - 1];
            return kept.Distinct().Order().Select(i => part[i]);
        })];
    }

    /// <summary>Every so many-th of the sorted numbers, and the two ends.</summary>
    public static IReadOnlyList<double>? Numbers(IReadOnlyList<double>? numbers, int most)
    {
        if (numbers is null || numbers.Count <= most) return numbers;
        var sorted = numbers.Order().ToList();
        return [.. Enumerable.Range(0, most).Select(i => sorted[(int)((long)i * (sorted.Count - 1) / (most - 1))])];
    }

    private static int IndexOf((double X, double Y)[] part, (double X, double Y) point) => Math.Max(0, Array.IndexOf(part, point));
}
