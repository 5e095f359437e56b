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
        var magic = tree.GetRoot().DescendantTrivia().FirstOrDefault(trivia =>
            trivia.Kind() is SyntaxKind.ShebangDirectiveTrivia or SyntaxKind.BadDirectiveTrivia
            && trivia.ToFullString().TrimStart().StartsWith("#!", StringComparison.Ordinal));
        if (magic == default) return null;
        var problem = $"The magic line '{magic.ToFullString().Trim()}' is unknown here: "
            + "cells are C#, and only #!csharp may stand above their code.";
        return new CellError(CellError.Compilation, problem, magic.GetLocation().GetLineSpan().StartLinePosition.Line + 1, []);
    }
}
