using System.Text;
using System.Text.RegularExpressions;

namespace Workshop.Handouts;

/// <summary>Turns the colour codes that programs write for terminals into HTML, and drops every other control.</summary>
internal static partial class AnsiText
{
    private static readonly string[] Colours = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

    /// <summary>The text with spans for colours and weight.</summary>
    public static string ToHtml(string text)
    {
        var html = new StringBuilder(text.Length + 64);
        var classes = new List<string>();
        var at = 0;
        foreach (Match escape in Escape().Matches(text))
        {
            Append(text[at..escape.Index]);
            at = escape.Index + escape.Length;
            if (escape.Groups["codes"].Success) Apply(escape.Groups["codes"].Value, classes);
        }

        Append(text[at..]);
        return html.ToString();

        void Append(string piece)
        {
            if (piece.Length == 0) return;
            var encoded = Html.Text(piece);
            html.Append(classes.Count == 0 ? encoded : $"<span class=\"{string.Join(' ', classes)}\">{encoded}</span>");
        }
    }

    /// <summary>The text alone.</summary>
    public static string Strip(string text) => Escape().Replace(text, "");

    private static void Apply(string codes, List<string> classes)
    {
        foreach (var code in codes.Split(';'))
        {
            // An empty code means 0: back to normal.
            _ = int.TryParse(code, out var number);
            switch (number)
            {
                case 0:
                    classes.Clear();
                    break;
                case 1:
                    if (!classes.Contains("ansi-bold")) classes.Add("ansi-bold");
                    break;
                case 22:
                    classes.Remove("ansi-bold");
                    break;
                case >= 30 and <= 37 or >= 90 and <= 97:
                    classes.RemoveAll(IsColour);
                    classes.Add("ansi-" + Colours[number % 10]);
                    break;
                case 39:
                    classes.RemoveAll(IsColour);
                    break;
                case 38 or 48:
                    return; // 256 colours and true colour take the rest of the codes; shown plain.
            }
        }
    }

    private static bool IsColour(string name) => name != "ansi-bold";

    // CSI sequences, of which those ending in m choose colours; and the OSC sequences that set titles and links.
    [GeneratedRegex(@"\x1b\[(?:(?<codes>[0-9;]*)m|[0-9;?]*[A-Za-ln-z])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")]
    private static partial Regex Escape();
}
