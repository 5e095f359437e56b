using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Workshop.Checking;

/// <summary>
/// What one cell's code must not contain, so that it means the same on every host: this one and .NET Interactive. The
/// contract is in CONTRIBUTING.md.
/// </summary>
internal static class ContractRules
{
    public static IEnumerable<Finding> Check(SyntaxTree cell)
    {
        if (MagicLines.Find(cell) is { } magic) return [new Finding("magic", magic.Message, Line: magic.Line)];

        // What does not parse is read otherwise than it was meant: the rules would say nothing true about it.
        if (cell.GetDiagnostics().FirstOrDefault(found => found.Severity == DiagnosticSeverity.Error) is { } mistake)
        {
            var line = mistake.Location.GetLineSpan().StartLinePosition.Line + 1;
            return [new Finding("syntax", $"{mistake.GetMessage(CultureInfo.InvariantCulture)} ({mistake.Id}).", Line: line)];
        }

        var root = (CompilationUnitSyntax)cell.GetRoot();
        return root.DescendantNodes().Select(Node).Concat(root.Members.Select(Block)).Append(Display(root)).OfType<Finding>();
    }

    private static Finding? Node(SyntaxNode node) => node switch
    {
        ParameterSyntax parameter when parameter.Modifiers.Any(SyntaxKind.ThisKeyword) => new Finding(
            "extension-method",
            "An extension method cannot be declared in a cell. Make it an ordinary method, or put it into the helper library.").At(node),
        ExtensionBlockDeclarationSyntax => new Finding(
            "extension-method", "An extension block cannot be declared in a cell. Put it into the helper library.").At(node),

        // At top level a script's parser takes the cast's parentheses for an argument list.
        InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "await" } } => new Finding(
            "await-cast", "await ((T)x).M() is read as a call of a method named await. Put the cast value into a variable first.").At(node),

        // And the elements of a tuple for declarations.
        DeclarationExpressionSyntax { Type: IdentifierNameSyntax { Identifier.Text: "await" } } => new Finding(
            "await-tuple", "(await a, await b) is read as a declaration of a and b. Await each in a statement of its own.").At(node),
        _ => null,
    };

    // .NET Interactive's compiler takes such a return for the cell's own, and shows <null>.
    private static Finding? Block(MemberDeclarationSyntax member)
    {
        if (member is not GlobalStatementSyntax { Statement: not LocalFunctionStatementSyntax }) return null;
        var function = member.DescendantNodes().OfType<LocalFunctionStatementSyntax>()
            .FirstOrDefault(function => function.DescendantNodes().OfType<ReturnStatementSyntax>().Any());
        return function is null ? null : new Finding(
            "block-function",
            $"{function.Identifier} returns a value inside a block, which another host takes for the cell's. "
            + "Make it a lambda, or move it to the top level.").At(function);
    }

    private static Finding? Display(CompilationUnitSyntax root) => root.Members is [.., GlobalStatementSyntax
    {
        Statement: ExpressionStatementSyntax
        {
            SemicolonToken.IsMissing: true,
            Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Display" } },
        } last,
    }]
        ? new Finding("display", "Without a semicolon, what Display() returns is shown too. End the line with one.").At(last)
        : null;
}
