using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NotebookHost;

/// <summary>
/// The lines that begin with <c>#!</c> and speak to a notebook's host. This one runs C# and knows only <c>#!csharp</c>,
/// on top of a cell; every other is named as an error.
/// </summary>
internal static class MagicLines
{
    /// <summary>The cell without <c>#!csharp</c>; the line stays, so that line numbers are those of the cell.</summary>
    public static string Blank(string code)
    {
        var start = code.Length - code.TrimStart().Length;
        var end = code.IndexOf('\n', start) is var found and >= 0 ? found : code.Length;
        return code[start..end].Trim() is "#!csharp" or "#!c#" ? code[..start] + code[end..] : code;
    }

    /// <summary>Any other magic line. Asked of the parsed cell, where a line inside a string is no line.</summary>
    public static CellError? Find(SyntaxTree tree)
    {
        if (!tree.GetRoot().ContainsDirectives) return null;
        foreach (var trivia in tree.GetRoot().DescendantTrivia())
        {
            if (!trivia.IsKind(SyntaxKind.ShebangDirectiveTrivia) && !trivia.IsKind(SyntaxKind.BadDirectiveTrivia)) continue;
            var text = trivia.ToFullString().Trim();
            if (!text.StartsWith("#!", StringComparison.Ordinal)) continue;
            var line = trivia.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
            return new CellError(
                CellError.Compilation,
                $"The magic line '{text}' is unknown here: cells are C#, and only #!csharp may stand above their code.",
                line,
                []);
        }

        return null;
    }
}
