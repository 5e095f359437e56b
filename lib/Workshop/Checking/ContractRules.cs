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
        var mistake = cell.GetDiagnostics().FirstOrDefault(found => found.Severity == DiagnosticSeverity.Error);
        var problem = mistake?.GetMessage(CultureInfo.InvariantCulture);
        if (mistake is not null) return [At(mistake.Location, "syntax", $"{problem} ({mistake.Id}).")];
        var root = (CompilationUnitSyntax)cell.GetRoot();
        return root.DescendantNodes().Select(Node).OfType<Finding>().Concat(Blocks(root)).Concat(Display(root));
    }

    private static Finding? Node(SyntaxNode node) => node switch
    {
        ParameterSyntax parameter when parameter.Modifiers.Any(SyntaxKind.ThisKeyword) => At(
            parameter.GetLocation(),
            "extension-method",
            "An extension method cannot be declared in a cell. Make it an ordinary method, or put it into the helper library."),
        ExtensionBlockDeclarationSyntax extension => At(
            extension.Keyword.GetLocation(),
            "extension-method",
            "An extension block cannot be declared in a cell. Put it into the helper library."),

        // At top level a script's parser takes the cast's parentheses for an argument list.
        InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "await" } } call => At(
            call.GetLocation(),
            "await-cast",
            "await ((T)x).M() is read as a call of a method named await. Put the cast value into a variable first."),

        // And the elements of a tuple for declarations.
        DeclarationExpressionSyntax { Type: IdentifierNameSyntax { Identifier.Text: "await" } } declared => At(
            declared.GetLocation(),
            "await-tuple",
            "(await a, await b) is read as a declaration of a and b. Await each in a statement of its own."),
        _ => null,
    };

    // .NET Interactive's compiler takes such a return for the cell's own, and shows <null>.
    private static IEnumerable<Finding> Blocks(CompilationUnitSyntax root) =>
        from member in root.Members.OfType<GlobalStatementSyntax>()
        where member.Statement is not LocalFunctionStatementSyntax
        let function = member.DescendantNodes().OfType<LocalFunctionStatementSyntax>()
            .FirstOrDefault(function => function.DescendantNodes().OfType<ReturnStatementSyntax>().Any())
        where function is not null
        select At(
            function.GetLocation(),
            "block-function",
            $"{function.Identifier} returns a value inside a block, which another host takes for the cell's. "
            + "Make it a lambda, or move it to the top level.");

    private static IEnumerable<Finding> Display(CompilationUnitSyntax root)
    {
        const string Shown = "Without a semicolon, what Display() returns is shown too. End the line with one.";
        if (root.Members.LastOrDefault() is GlobalStatementSyntax { Statement: ExpressionStatementSyntax last }
            && last is { SemicolonToken.IsMissing: true, Expression: InvocationExpressionSyntax shown }
            && shown.Expression is MemberAccessExpressionSyntax call
            && call.Name.Identifier.Text == "Display")
        {
            yield return At(last.GetLocation(), "display", Shown);
        }
    }

    private static Finding At(Location location, string rule, string message) =>
        new(rule, message, Line: location.GetLineSpan().StartLinePosition.Line + 1);
}
