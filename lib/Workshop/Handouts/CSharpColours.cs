using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Workshop.Lessons;

namespace Workshop.Handouts;

/// <summary>Colours C# by the compiler's own tokens: a name is a method or a type by the place where it stands.</summary>
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
        var html = new StringBuilder(code.Length * 2);
        var end = 0;
        foreach (var (start, length, name) in Spans(CellSyntax.Parse(code).GetRoot()).OrderBy(span => span.Start))
        {
            if (start < end) continue; // Inside a directive that is coloured whole.
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
            else if (trivia.Kind().ToString().Contains("Comment", StringComparison.Ordinal))
                yield return (trivia.FullSpan.Start, trivia.FullSpan.Length, "c");
        }

        foreach (var token in root.DescendantTokens())
        {
            if (ClassOf(token) is { } name && token.Span.Length > 0) yield return (token.SpanStart, token.Span.Length, name);
        }
    }

    private static string? ClassOf(SyntaxToken token)
    {
        var kind = token.Kind();
        if (kind == SyntaxKind.IdentifierToken) return ClassOfName(token);
        if (kind == SyntaxKind.NumericLiteralToken) return "n";
        if (SyntaxFacts.IsKeywordKind(kind)) return ControlWords.Contains(token.Text) ? "kc" : "k";
        var isText = token.Parent is LiteralExpressionSyntax or InterpolatedStringTextSyntax
            || (token.Parent is InterpolatedStringExpressionSyntax && kind != SyntaxKind.OpenBraceToken);
        return isText ? "s" : null;
    }

    private static string? ClassOfName(SyntaxToken token) => token.Parent switch
    {
        MethodDeclarationSyntax or LocalFunctionStatementSyntax => "m",
        BaseTypeDeclarationSyntax or DelegateDeclarationSyntax or TypeParameterSyntax or ConstructorDeclarationSyntax => "t",
        IdentifierNameSyntax { IsVar: true } => "k",
        SimpleNameSyntax name when IsCalled(name) => "m",
        // By convention: only types begin with a capital, but behind a dot or before = or : that may be a member.
        SimpleNameSyntax name when token.Text is [var first, ..] && char.IsUpper(first) && !IsMember(name) => "t",
        _ => null,
    };

    private static bool IsCalled(SimpleNameSyntax name) => name.Parent switch
    {
        InvocationExpressionSyntax call => call.Expression == name,
        MemberAccessExpressionSyntax access =>
            access.Name == name && access.Parent is InvocationExpressionSyntax call && call.Expression == access,
        MemberBindingExpressionSyntax binding => binding.Parent is InvocationExpressionSyntax,
        _ => false,
    };

    private static bool IsMember(SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Name == name,
        AssignmentExpressionSyntax assignment => assignment.Left == name,
        NameColonSyntax or MemberBindingExpressionSyntax or QualifiedNameSyntax or UsingDirectiveSyntax => true,
        _ => false,
    };
}
