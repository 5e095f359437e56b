using System.Text;

namespace ConcurrencyNotebooks;

/// <summary>How wide text is, without a font to ask: a table made for the widest common ones, so that it rarely says too little.</summary>
internal static class TextLayout
{
    private const string Ellipsis = "…";
    private const int MostCharacters = 400;

    /// <summary>The width in user units at a font size.</summary>
    public static double Width(string text, double fontSize) => text.EnumerateRunes().Sum(Ems) * fontSize;

    /// <summary>The text, or its beginning where it is longer than any label can be: pictures stay small whatever they are given.</summary>
    public static string Cut(string text) => text.Length <= MostCharacters ? text
        : text[..(char.IsHighSurrogate(text[MostCharacters - 1]) ? MostCharacters - 1 : MostCharacters)] + Ellipsis;

    /// <summary>The width in columns of a terminal, where East Asian characters take two.</summary>
    public static int Columns(string text) => text.EnumerateRunes().Sum(rune => IsZeroWidth(rune) ? 0 : IsWide(rune) ? 2 : 1);

    /// <summary>The text on one line, with an ellipsis where it is too wide; what reads as one character is not cut in two.</summary>
    public static string Fit(string text, double maxWidth, double fontSize)
    {
        text = text.ReplaceLineEndings(" ");
        if (Width(text, fontSize) <= maxWidth) return text;
        var room = maxWidth - Width(Ellipsis, fontSize);
        return string.Concat(Elements(text).TakeWhile(element => (room -= Width(element, fontSize)) >= 0)).TrimEnd() + Ellipsis;
    }

    /// <summary>The text in lines: broken at spaces, and anywhere in a word that is too long or has none, as in Japanese.</summary>
    public static IEnumerable<string> Wrap(string text, double maxWidth, double fontSize)
    {
        var line = "";
        foreach (var element in Elements(text.ReplaceLineEndings(" ")))
        {
            if (line.Length > 0 && Width(line + element, fontSize) > maxWidth)
            {
                var space = element == " " ? line.Length : line.LastIndexOf(' ');
                var end = space > 0 ? space : line.Length;
                yield return line[..end].TrimEnd();
                line = line[end..].TrimStart();
            }

            line += element;
        }

        if (line.Trim().Length > 0) yield return line.Trim();
    }

    private static IEnumerable<string> Elements(string text)
    {
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext()) yield return elements.GetTextElement();
    }

    private static double Ems(Rune rune) => rune.Value switch
    {
        >= '0' and <= '9' => 0.64,
        'W' or 'M' or 'm' or 'w' or '%' or '@' => 0.95,
        'i' or 'j' or 'l' or 'I' or '\'' or '|' => 0.3,
        ' ' or '.' or ',' or ':' or ';' or '!' or 'f' or 't' or 'r' or '(' or ')' or '[' or ']' or '-' or '/' => 0.4,
        >= 'A' and <= 'Z' => 0.73,
        < 0x250 => 0.62,
        _ when IsZeroWidth(rune) => 0,
        _ when IsWide(rune) => 1.02,
        _ => 0.8,
    };

    private static bool IsZeroWidth(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format;

    // The blocks of Unicode's EastAsianWidth.txt that are wholly or mostly W or F, with little between them, and the emoji.
    private static bool IsWide(Rune rune) => rune.Value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xD7A3)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or >= 0x1F300;
}
