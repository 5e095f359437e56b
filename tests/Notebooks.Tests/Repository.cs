using System.Runtime.CompilerServices;

namespace Notebooks.Tests;

internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", ".."));

    public static string Notebooks { get; } = Path.Combine(Root, "notebooks");

    public static IEnumerable<string> AllNotebooks => Directory.GetFiles(Notebooks, "??-*.ipynb").Order(StringComparer.Ordinal);

    /// <summary>Without the translations, whose names have a further part: <c>01-three-models.ja.ipynb</c>.</summary>
    public static IEnumerable<string> EnglishNotebooks =>
        AllNotebooks.Where(file => !Path.GetFileNameWithoutExtension(file).Contains('.', StringComparison.Ordinal));

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
