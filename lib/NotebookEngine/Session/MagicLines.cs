using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NotebookEngine;

/// <summary>
/// The lines on top of a cell that begin with <c>#!</c> and speak to the host, of which this engine knows the few that
/// people type by habit. They are blanked, not removed, so that line numbers stay those of the cell.
/// </summary>
/// <param name="Code">What is left for the compiler.</param>
/// <param name="ShowTime">Whether to show how long the cell took.</param>
/// <param name="Markup">The cell's text, where it is not code at all.</param>
/// <param name="Error">What is wrong with a magic line; then nothing is to be run.</param>
internal sealed record MagicLines(string Code, bool ShowTime, MimeBundle? Markup, CellError? Error)
{
    private const string Known = "#!csharp, #!html, #!markdown and #!time";

    public static MagicLines Read(string code)
    {
        if (!code.Contains("#!", StringComparison.Ordinal)) return new MagicLines(code, false, null, null);

        var lines = code.Split('\n');
        var showTime = false;
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.Length == 0) continue;
            if (!line.StartsWith("#!", StringComparison.Ordinal)) break;

            lines[i] = "";
            switch (line)
            {
                case "#!csharp" or "#!c#":
                    break;
                case "#!time":
                    showTime = true;
                    break;
                case "#!markdown" or "#!md":
                    return new MagicLines("", showTime, Formatter.Format(NotebookDisplay.Markdown(Rest())), null);
                case "#!html":
                    return new MagicLines("", showTime, Formatter.Format(NotebookDisplay.HTML(Rest())), null);
                default:
                    return new MagicLines("", false, null, Unknown(line, i + 1));
            }

            string Rest() => string.Join('\n', lines[(i + 1)..]).Trim('\r', '\n');
        }

        return new MagicLines(string.Join('\n', lines), showTime, null, null);
    }

    /// <summary>
    /// A magic line further down, which the compiler would report as a misplaced directive. Asked of the parsed cell,
    /// where a line inside a string is no line.
    /// </summary>
    public static CellError? FindMisplaced(SyntaxTree tree)
    {
        if (!tree.GetRoot().ContainsDirectives) return null;
        foreach (var trivia in tree.GetRoot().DescendantTrivia())
        {
            if (!trivia.IsKind(SyntaxKind.ShebangDirectiveTrivia) && !trivia.IsKind(SyntaxKind.BadDirectiveTrivia)) continue;
            var text = trivia.ToFullString().Trim();
            if (!text.StartsWith("#!", StringComparison.Ordinal)) continue;
            var line = trivia.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
            return new CellError(
                CellError.Compilation, $"The magic line '{text}' must stand above the cell's code; {Known} are known.", line, 1, []);
        }

        return null;
    }

    private static CellError Unknown(string line, int number)
    {
        var name = line.Split(' ', 2)[0];
        return new CellError(
            CellError.Compilation,
            $"Nobody knows the magic line '{name}' here: only {Known} work. Everything else in a cell is C#.",
            number,
            1,
            []);
    }
}
