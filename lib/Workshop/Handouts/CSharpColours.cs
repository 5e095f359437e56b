using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Workshop.Handouts;

/// <summary>Colours C# by the compiler's own tokens: a name is a method or a type by what stands around it.</summary>
internal static class CSharpColours
{
    private static readonly HashSet<string> ControlWords =
    [
        "await", "break", "case", "catch", "continue", "do", "else", "finally", "for", "foreach", "if", "return", "switch", "throw",
        "try", "while", "yield",
    ];

    /// <summary>The code as HTML: text with <c>span</c>s, to be put into a <c>pre</c>.</summary>
    public static string ToHtml(string code)
    {
        if (CellSyntax.NestsTooDeep(code)) return Html.Text(code);
        var root = CellSyntax.Parse(code).GetRoot();
        var trivia = root.DescendantTrivia().Select(part => (Span: part.IsDirective ? part.Span : part.FullSpan, Class: ClassOf(part)));
        var tokens = root.DescendantTokens().Select(token => (token.Span, Class: ClassOf(token)));
        var pieces = trivia.Concat(tokens).OrderBy(part => part.Span.Start);
        return Html.Coloured(code, pieces.Select(part => (part.Span.Start, part.Span.Length, part.Class ?? "")));
    }

    private static string? ClassOf(SyntaxTrivia trivia) =>
        trivia.IsDirective ? "pp" : trivia.Kind().ToString().Contains("Comment", StringComparison.Ordinal) ? "c" : null;

    private static string? ClassOf(SyntaxToken token) => token.Kind() switch
    {
        SyntaxKind.IdentifierToken => ClassOfName(token),
        SyntaxKind.NumericLiteralToken => "n",
        SyntaxKind.OpenBraceToken or SyntaxKind.CloseBraceToken => null,
        var kind when SyntaxFacts.IsKeywordKind(kind) => ControlWords.Contains(token.Text) ? "kc" : "k",
        _ when token.Parent is LiteralExpressionSyntax or InterpolatedStringTextSyntax or InterpolatedStringExpressionSyntax => "s",
        _ => null,
    };

    // By convention only types begin with a capital; behind a dot, or before = or :, that may be a member.
    private static string? ClassOfName(SyntaxToken token)
    {
        var (before, after) = (token.GetPreviousToken(), token.Parent!.GetLastToken().GetNextToken());
        if (token.Parent is IdentifierNameSyntax { IsVar: true }) return "k";
        if (token.Parent is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax or TypeParameterSyntax or ConstructorDeclarationSyntax)
            return "t";
        var isCalled = token.Parent is MethodDeclarationSyntax or LocalFunctionStatementSyntax
            || (token.Parent is SimpleNameSyntax && after.IsKind(SyntaxKind.OpenParenToken) && !before.IsKind(SyntaxKind.NewKeyword));
        if (isCalled) return "m";
        var isMember = before.IsKind(SyntaxKind.DotToken) || after.Kind() is SyntaxKind.EqualsToken or SyntaxKind.ColonToken;
        return token.Parent is SimpleNameSyntax && token.Text is [var first, ..] && char.IsUpper(first) && !isMember ? "t" : null;
    }
}
