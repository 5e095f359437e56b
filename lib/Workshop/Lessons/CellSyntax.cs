using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Workshop.Lessons;

/// <summary>A cell's code as the compiler reads it: a piece of a C# script.</summary>
internal static class CellSyntax
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.CSharp14, kind: SourceCodeKind.Script);

    // Far more than any program has. The compiler's parser takes minutes for some thousands, and ever more for more of them.
    private const int MaxDepth = 500;

    /// <summary>The code's tree; for code whose brackets nest too deep, one that has this as its only error.</summary>
    public static SyntaxTree Parse(string code) => CSharpSyntaxTree.ParseText(
        NestsTooDeep(code) ? $"#error More than {MaxDepth} brackets are open at once. Close them." : code, Options);

    /// <summary>Whether more brackets are open at once than are read, those in texts and comments counted too.</summary>
    public static bool NestsTooDeep(string code)
    {
        var depth = 0;
        foreach (var character in code)
        {
            if (character is '(' or '[' or '{' or '<') depth++;
            else if (character is ')' or ']' or '}' or '>' && depth > 0) depth--;
            if (depth > MaxDepth) return true;
        }

        return false;
    }
}
