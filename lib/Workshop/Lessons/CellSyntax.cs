using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Workshop.Lessons;

/// <summary>A cell's code as the compiler reads it: a piece of a C# script.</summary>
internal static class CellSyntax
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.CSharp14, kind: SourceCodeKind.Script);

    public static SyntaxTree Parse(string code) => CSharpSyntaxTree.ParseText(code, Options);
}
