using System.Globalization;

namespace Workshop.Handouts;

/// <summary>The style of the pages, which every page carries inside.</summary>
internal static class Stylesheet
{
    private static readonly Lazy<string> Shared = new(() =>
    {
        using var stream = typeof(Stylesheet).Assembly.GetManifestResourceStream("handout.css")
            ?? throw new InvalidOperationException("The style sheet handout.css is not embedded in the program; see Workshop.csproj.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    });

    /// <summary>The style of a page; its title is printed at the head of every sheet.</summary>
    public static string ForPage(string title)
    {
        var quoted = title.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("<", "\\3C ", StringComparison.Ordinal).ReplaceLineEndings(" ");
        return $"{Shared.Value}@page {{ @top-left {{ content: \"{quoted}\"; }} }}\n";
    }

    /// <summary>A time for readers and for machines.</summary>
    public static string Time(DateTimeOffset at) => string.Create(
        CultureInfo.InvariantCulture, $"<time datetime=\"{at:yyyy-MM-ddTHH:mm:sszzz}\">{at:yyyy-MM-dd HH:mm}</time>");
}
