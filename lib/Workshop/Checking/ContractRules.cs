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
    /// <summary>The findings in a cell, without the cell's number.</summary>
    public static IEnumerable<Finding> Check(SyntaxTree cell)
    {
        var root = (CompilationUnitSyntax)cell.GetRoot();
        return Magics(root).Concat(Declarations(root)).Concat(Awaits(root)).Concat(Blocks(root)).Concat(Displays(root)).Concat(TimedLoops(root));
    }

    private static IEnumerable<Finding> Magics(CompilationUnitSyntax root) =>
        from trivia in root.DescendantTrivia()
        where trivia.Kind() is SyntaxKind.BadDirectiveTrivia or SyntaxKind.ShebangDirectiveTrivia
        let text = trivia.ToString().Trim()
        where text.StartsWith("#!", StringComparison.Ordinal)
        select At(trivia.GetLocation(), "magic", $"{text.Split(' ')[0]} is a magic command, which not every host knows. Say it in C#.");

    private static IEnumerable<Finding> Declarations(CompilationUnitSyntax root)
    {
        foreach (var node in root.DescendantNodes())
        {
            if (node is BaseNamespaceDeclarationSyntax space)
                yield return At(space.Name.GetLocation(), "namespace", $"A script has no namespaces. Declare the types of {space.Name} without one.");
            else if (node is ParameterSyntax parameter && parameter.Modifiers.Any(SyntaxKind.ThisKeyword))
                yield return At(parameter.GetLocation(), "extension-method", "An extension method cannot be declared in a cell. Make it an ordinary method, or put it into the helper library.");
            else if (node is ExtensionBlockDeclarationSyntax extension)
                yield return At(extension.Keyword.GetLocation(), "extension-method", "An extension block cannot be declared in a cell. Put it into the helper library.");
        }
    }

    // At top level a script's parser takes the cast's parentheses for an argument list.
    private static IEnumerable<Finding> Awaits(CompilationUnitSyntax root) =>
        from call in root.DescendantNodes().OfType<InvocationExpressionSyntax>()
        where call.Expression is IdentifierNameSyntax { Identifier.Text: "await" }
        select At(call.GetLocation(), "await-cast", "await ((T)x).M() is read as a call of a method named await. Put the cast value into a variable first.");

    // What .NET Interactive's compiler takes for the cell's own: it cannot dispose of the one, and shows <null> for the other.
    private static IEnumerable<Finding> Blocks(CompilationUnitSyntax root)
    {
        foreach (var statement in root.Members.OfType<GlobalStatementSyntax>().Select(member => member.Statement))
        {
            var function = statement.DescendantNodes().OfType<LocalFunctionStatementSyntax>().FirstOrDefault(HasReturn);
            if (function is not null && statement is not LocalFunctionStatementSyntax)
                yield return At(function.GetLocation(), "block-function", $"{function.Identifier} returns a value inside a block, which another host takes for the cell's. Make it a lambda, or move it to the top level.");
        }

        // At top level the script's parser takes it for the import of a namespace called var.
        foreach (var directive in root.Usings.Where(directive => directive.Name?.ToString() == "var"))
            yield return At(directive.GetLocation(), "using-var", "using var does not work at top level. Write using (var …) { … }, or await using (var …) { … }.");

        static bool HasReturn(LocalFunctionStatementSyntax function) => function.DescendantNodes().OfType<ReturnStatementSyntax>().Any();
    }

    private static IEnumerable<Finding> Displays(CompilationUnitSyntax root)
    {
        if (root.Members.LastOrDefault() is GlobalStatementSyntax { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } last }
            && last.Expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Display" } })
        {
            yield return At(last.GetLocation(), "display", "Without a semicolon, what Display() returns is shown too. End the line with one.");
        }
    }

    // Other hosts compile cells unoptimised: a loop that only computes measures the host and not the idea.
    private static IEnumerable<Finding> TimedLoops(CompilationUnitSyntax root) =>
        from call in root.DescendantNodes().OfType<InvocationExpressionSyntax>()
        where call.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: "Measure" or "MeasureAsync" }
        from loop in call.DescendantNodes().OfType<StatementSyntax>()
        where loop is ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax or ForEachStatementSyntax
        where !loop.DescendantNodes().Any(node => node is InvocationExpressionSyntax or AwaitExpressionSyntax or BaseObjectCreationExpressionSyntax)
        select At(loop.GetLocation(), "timed-loop", "This loop is timed in the cell, which other hosts compile without optimisation. Make it a method of the helper library and call it.", Severity.Warning);

    private static Finding At(Location location, string rule, string message, Severity severity = Severity.Error) =>
        new(rule, message, null, location.GetLineSpan().StartLinePosition.Line + 1, severity);
}
