using System.Text.RegularExpressions;

namespace NotebookEngine;

/// <summary>Cell ids as nbformat 4.5 wants them, made readable: from a heading, a comment or the code itself.</summary>
internal static partial class CellIds
{
    /// <summary>nbformat allows 64; shorter ones are easier to quote in a message.</summary>
    private const int MaxLength = 40;
    private const int MaxWords = 5;

    private static readonly HashSet<string> Noise =
        ["a", "an", "and", "await", "class", "for", "foreach", "in", "is", "new", "of", "private", "public", "readonly",
         "sealed", "static", "the", "to", "using", "var", "void", "with"];

    /// <summary>Whether nbformat allows an id.</summary>
    public static bool IsValid(string id) => ValidId().IsMatch(id);

    /// <summary>Whether a person could tell the cell from its id: lower-case words, and not a random number.</summary>
    public static bool IsReadable(string id) => Words().IsMatch(id) && !RandomHex().IsMatch(id);

    /// <summary>An id for a cell, unlike those taken, which it joins. The same cells get the same ids every time.</summary>
    public static string Next(CellKind kind, string source, int position, HashSet<string> taken)
    {
        var slug = Slug(kind, source);
        if (slug.Length == 0 || RandomHex().IsMatch(slug)) slug = $"{kind.ToString().ToLowerInvariant()}-{position + 1}";
        var id = slug;
        for (var i = 2; !taken.Add(id); i++) id = $"{slug}-{i}";
        return id;
    }

    private static string Slug(CellKind kind, string source)
    {
        var lines = source.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).ToList();
        var line = kind == CellKind.Code
            ? lines.Find(l => !l.StartsWith('#') && !l.StartsWith("using ", StringComparison.Ordinal)) ?? "setup"
            : lines.Find(l => l.StartsWith('#')) ?? lines.FirstOrDefault() ?? "";
        var words = Word().Matches(line).Select(match => match.Value.ToLowerInvariant()).ToList();
        var telling = words.Where(word => !Noise.Contains(word)).Take(MaxWords).ToList();
        var slug = string.Join('-', telling.Count > 0 ? telling : words.Take(MaxWords));

        // An id starts with a letter, so that it also serves as an anchor.
        if (slug.Length > 0 && char.IsAsciiDigit(slug[0])) slug = $"{kind.ToString().ToLowerInvariant()}-{slug}";
        return slug.Length <= MaxLength ? slug : slug[..MaxLength].TrimEnd('-');
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}\\z")]
    private static partial Regex ValidId();

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*\\z")]
    private static partial Regex Words();

    [GeneratedRegex("^([0-9a-f]{8,}|[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12})\\z")]
    private static partial Regex RandomHex();

    // Splits camel case too: "SumOfSquares" reads sum-of-squares.
    [GeneratedRegex("[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")]
    private static partial Regex Word();
}
