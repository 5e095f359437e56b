using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Workshop.Handouts;

/// <summary>Encodes text for HTML, leaving Japanese and other letters readable in the source of the page.</summary>
internal static class Html
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>How numbers are written in a page, wherever it is made.</summary>
    public static CultureInfo Culture => CultureInfo.InvariantCulture;

    /// <summary>Encodes text for an element or a quoted attribute.</summary>
    public static string Text(string text)
    {
        // The encoder writes line breaks as references, which makes a pre unreadable in the source of the page.
        return Encoder.Encode(text).Replace("&#xA;", "\n", StringComparison.Ordinal).Replace("&#xD;", "", StringComparison.Ordinal);
    }
}
