using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Workshop.Checking;

/// <summary>The part of the hosts' contract that depends on what names mean in the whole notebook.</summary>
internal static class MeaningRules
{
    /// <summary>"The name does not exist" and "the type or namespace could not be found".</summary>
    private const string UnknownName = "CS0103", UnknownType = "CS0246";

    /// <summary>The findings; their cells are numbered among the code cells.</summary>
    public static IEnumerable<Finding> Check(IReadOnlyList<string> cells, string notebookDirectory)
    {
        var script = new NotebookScript(cells);
        var model = script.Compile(notebookDirectory);
        foreach (var (position, finding) in Spans(model).Concat(Displays(model)).Concat(Usings(model)))
        {
            if (script.Locate(position) is not var (cell, inCell)) continue;
            yield return finding with { Cell = cell, Line = cells[cell].AsSpan(0, inCell).Count('\n') + 1 };
        }
    }

    // A variable at top level is a field of the script, and a field cannot hold a span.
    private static IEnumerable<(int Position, Finding Finding)> Spans(SemanticModel model) =>
        from field in ((CompilationUnitSyntax)model.SyntaxTree.GetRoot()).Members.OfType<FieldDeclarationSyntax>()
        from variable in field.Declaration.Variables
        where model.GetDeclaredSymbol(variable) is IFieldSymbol { Type.IsRefLikeType: true }
        select (variable.SpanStart, new Finding("span", $"{variable.Identifier} is a span at top level, where variables outlive the cell. Use an array or Memory<T>, or put the code into a method."));

    // Unless the notebook declares a method of that name itself.
    private static IEnumerable<(int Position, Finding Finding)> Displays(SemanticModel model) =>
        from call in model.SyntaxTree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>()
        where call.Expression is IdentifierNameSyntax { Identifier.Text: "display" }
            && model.GetSymbolInfo(call.Expression) is { Symbol: null, CandidateSymbols.IsEmpty: true }
        let argument = call.ArgumentList.Arguments.FirstOrDefault()?.ToString() ?? "x"
        select (call.SpanStart, new Finding("display", $"display(x) is not there on every host. Write {argument}.Display(); instead."));

    // Some hosts import more than others, and what a generous host imports is missed on the next.
    private static IEnumerable<(int Position, Finding Finding)> Usings(SemanticModel model)
    {
        var reported = new HashSet<string>(StringComparer.Ordinal);
        Dictionary<string, SortedSet<string>>? namespaces = null;
        foreach (var diagnostic in model.GetDiagnostics().Where(d => d.Id is UnknownName or UnknownType))
        {
            var span = diagnostic.Location.SourceSpan;
            var node = model.SyntaxTree.GetRoot().FindNode(span, getInnermostNodeForTie: true);
            if (node is not SimpleNameSyntax name || !reported.Add(name.Identifier.Text)) continue;
            namespaces ??= NamespacesOfTypes(model.Compilation.GlobalNamespace);
            if (!namespaces.TryGetValue(name.Identifier.Text, out var candidates)) continue;
            var directives = string.Join(" or ", candidates.Select(space => $"using {space};"));
            yield return (span.Start, new Finding("using", $"{name.Identifier.Text} needs a using in the first code cell: {directives}"));
        }
    }

    // Simple name to namespaces, over every public type that the notebook can reach.
    private static Dictionary<string, SortedSet<string>> NamespacesOfTypes(INamespaceSymbol root)
    {
        var index = new Dictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        var open = new Stack<INamespaceSymbol>([root]);
        while (open.TryPop(out var space))
        {
            foreach (var inner in space.GetNamespaceMembers()) open.Push(inner);
            if (space.IsGlobalNamespace) continue;
            foreach (var type in space.GetTypeMembers().Where(type => type.DeclaredAccessibility == Accessibility.Public))
            {
                if (!index.TryGetValue(type.Name, out var spaces)) index[type.Name] = spaces = new SortedSet<string>(StringComparer.Ordinal);
                spaces.Add(space.ToDisplayString());
            }
        }

        return index;
    }
}
