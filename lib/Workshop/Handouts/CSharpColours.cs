using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Workshop.Lessons;

namespace Workshop.Handouts;

/// <summary>Colours C# by its syntax: a name is a method or a type by the place where it stands.</summary>
internal static class CSharpColours
{
    /// <summary>The code as HTML: text with <c>span</c>s, to be put into a <c>pre</c>.</summary>
    public static string ToHtml(string code)
    {
        var html = new StringBuilder(code.Length * 2);
        var end = 0;
        foreach (var (start, length, name) in Spans(CellSyntax.Parse(code).GetRoot()).OrderBy(span => span.Start))
        {
            if (start < end) continue; // Inside of a directive or an interpolated string that is coloured whole.
            html.Append(Html.Text(code[end..start]));
            html.Append(Html.Culture, $"<span class=\"{name}\">{Html.Text(code.Substring(start, length))}</span>");
            end = start + length;
        }

        return html.Append(Html.Text(code[end..])).ToString();
    }

    private static IEnumerable<(int Start, int Length, string Class)> Spans(SyntaxNode root)
    {
        foreach (var trivia in root.DescendantTrivia())
        {
            if (trivia.IsDirective) yield return (trivia.SpanStart, trivia.Span.Length, "pp");
            else if (trivia.Kind().ToString().Contains("Comment", StringComparison.Ordinal)) yield return (trivia.FullSpan.Start, trivia.FullSpan.Length, "c");
        }

        foreach (var token in root.DescendantTokens())
        {
            if (ClassOf(token) is { } name && token.Span.Length > 0) yield return (token.SpanStart, token.Span.Length, name);
        }
    }

    private static string? ClassOf(SyntaxToken token) => token.Kind() switch
    {
        SyntaxKind.NumericLiteralToken => "n",
        SyntaxKind.IdentifierToken => ClassOfName(token),
        SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken
            or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.InterpolatedStringTextToken
            or SyntaxKind.InterpolatedStringStartToken or SyntaxKind.InterpolatedStringEndToken
            or SyntaxKind.InterpolatedVerbatimStringStartToken => "s",
        SyntaxKind.IfKeyword or SyntaxKind.ElseKeyword or SyntaxKind.ForKeyword or SyntaxKind.ForEachKeyword or SyntaxKind.WhileKeyword
            or SyntaxKind.DoKeyword or SyntaxKind.ReturnKeyword or SyntaxKind.BreakKeyword or SyntaxKind.ContinueKeyword
            or SyntaxKind.TryKeyword or SyntaxKind.CatchKeyword or SyntaxKind.FinallyKeyword or SyntaxKind.ThrowKeyword
            or SyntaxKind.SwitchKeyword or SyntaxKind.CaseKeyword or SyntaxKind.YieldKeyword or SyntaxKind.AwaitKeyword => "kc",
        var kind when SyntaxFacts.IsKeywordKind(kind) => "k",
        _ => null,
    };

    private static string? ClassOfName(SyntaxToken token) => token.Parent switch
    {
        MethodDeclarationSyntax or LocalFunctionStatementSyntax => "m",
        BaseTypeDeclarationSyntax or DelegateDeclarationSyntax or TypeParameterSyntax or ConstructorDeclarationSyntax => "t",
        IdentifierNameSyntax { IsVar: true } => "k",
        SimpleNameSyntax name when IsCalled(name) => "m",
        SimpleNameSyntax name when IsType(name) => "t",
        _ => null,
    };

    private static bool IsCalled(SimpleNameSyntax name) => name.Parent switch
    {
        InvocationExpressionSyntax call => call.Expression == name,
        MemberAccessExpressionSyntax access => access.Name == name && access.Parent is InvocationExpressionSyntax call && call.Expression == access,
        MemberBindingExpressionSyntax binding => binding.Parent is InvocationExpressionSyntax,
        _ => false,
    };

    private static bool IsType(SimpleNameSyntax name) => name.Parent switch
    {
        ObjectCreationExpressionSyntax or VariableDeclarationSyntax or ParameterSyntax or TypeArgumentListSyntax or CastExpressionSyntax
            or BaseTypeSyntax or TypeOfExpressionSyntax or ArrayTypeSyntax or NullableTypeSyntax or CatchDeclarationSyntax
            or MethodDeclarationSyntax or LocalFunctionStatementSyntax or PropertyDeclarationSyntax or TupleElementSyntax
            or DeclarationExpressionSyntax or ForEachStatementSyntax { Type: IdentifierNameSyntax } or RecursivePatternSyntax => name is not IdentifierNameSyntax || IsTypePosition(name),
        MemberAccessExpressionSyntax access => access.Expression == name && char.IsUpper(name.Identifier.Text[0]),
        _ => false,
    };

    // The same parents hold values, too: foreach (Item i in items), Type name = value.
    private static bool IsTypePosition(SimpleNameSyntax name) => name.Parent switch
    {
        ForEachStatementSyntax loop => loop.Type == name,
        CastExpressionSyntax cast => cast.Type == name,
        LocalFunctionStatementSyntax function => function.ReturnType == name,
        MethodDeclarationSyntax method => method.ReturnType == name,
        _ => true,
    };
}
