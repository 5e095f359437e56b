using System.Text.RegularExpressions;

namespace Workshop.Handouts;

/// <summary>Text that a program wrote for a terminal, as the terminal would have left it.</summary>
internal static partial class AnsiText
{
    /// <summary>The text as HTML, with colours and weight; of what was overwritten or erased, nothing.</summary>
    public static string ToHtml(string text)
    {
        if (!Control().IsMatch(text)) return Html.Text(text);
        var screen = new TerminalScreen();
        var at = 0;
        foreach (Match sequence in Sequence().Matches(text))
        {
            screen.Write(text.AsSpan(at, sequence.Index - at));
            at = sequence.Index + sequence.Length;
            if (sequence.Groups["final"] is { Success: true, Value: var final }) screen.Obey(final[0], sequence.Groups["parameters"].Value);
        }

        screen.Write(text.AsSpan(at));
        return screen.ToHtml();
    }

    // All but the end of a line and the tab, which a page has itself.
    [GeneratedRegex(@"[\x00-\x08\x0b-\x1f\x7f-\x9f]")]
    private static partial Regex Control();

    // ECMA-48: control sequences; strings such as titles and links, which end at the line where nothing else ends them;
    // and other escapes, as those that choose a set of characters.
    [GeneratedRegex(
        @"(?:\x1b\[|\x9b)(?<parameters>[0-?]*)[ -/]*(?<final>[@-~])|\x1b[\]PX^_][^\x07\x1b\n]*(?:\x07|\x1b\\)?|\x1b[ -/]*[0-Z\\^-~]?")]
    private static partial Regex Sequence();
}
