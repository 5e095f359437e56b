using System.Security;

namespace ConcurrencyNotebooks;

/// <summary>Text for XML and HTML alike.</summary>
internal static partial class Markup
{
    /// <summary>The text as an element or a quoted attribute holds it; what XML forbids does not pass.</summary>
    public static string Escape(string text) => SecurityElement.Escape(Forbidden().Replace(text, " "));

    // Control characters, what is no character, and halves of characters.
    [GeneratedRegex(
        @"[\0-\x08\x0B-\x1F\x7F-\x9F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]")]
    private static partial Regex Forbidden();
}
