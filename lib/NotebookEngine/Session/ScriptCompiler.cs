using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace NotebookEngine;

/// <summary>
/// Compiles cells as a chain of submissions, the way Roslyn's scripting API does, but directly: this gives optimised
/// code with line numbers, a choice of what scripts see, and a load context of our own. Used by one thread at a time.
/// </summary>
internal sealed class ScriptCompiler
{
    private static readonly string[] DefaultUsings =
    [
        "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq",
        typeof(NotebookDisplay).FullName!,
    ];

    private static readonly CSharpParseOptions ParseOptions =
        new(LanguageVersion.CSharp14, DocumentationMode.None, SourceCodeKind.Script);

    private static readonly EmitOptions EmitOptions = new(debugInformationFormat: DebugInformationFormat.PortablePdb);

    private readonly FrameworkReferences _framework;
    private readonly ScriptReferenceResolver _resolver;
    private readonly CSharpCompilationOptions _options;
    private readonly List<Submission> _accepted = [];
    private CSharpCompilation? _previous;
    private bool _seesAll;
    private int _count;

    public ScriptCompiler(string workingDirectory, FrameworkReferences framework, ScriptReferenceResolver resolver)
    {
        _framework = framework;
        _resolver = resolver;
        _options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            usings: DefaultUsings,
            optimizationLevel: OptimizationLevel.Release,
            allowUnsafe: true,

            // A cell is too small to be worth sharing out; on a busy machine every change of threads costs more than it saves.
            concurrentBuild: false,
            sourceReferenceResolver: new ScriptSourceResolver(workingDirectory),
            metadataReferenceResolver: resolver,
            assemblyIdentityComparer: DesktopAssemblyIdentityComparer.Default);
    }

    /// <summary>Reads a cell's source; mistakes in it are reported by <see cref="Compile"/>.</summary>
    /// <param name="name">The name that stack frames carry instead of a file's.</param>
    /// <param name="source">The source.</param>
    /// <param name="cancellationToken">Ends the parsing.</param>
    public static SyntaxTree Parse(string name, string source, CancellationToken cancellationToken) =>
        CSharpSyntaxTree.ParseText(SourceText.From(source, Encoding.UTF8), ParseOptions, name, cancellationToken);

    /// <summary>The package references of a cell, in order.</summary>
    public static IEnumerable<ReferenceDirectiveTriviaSyntax> PackageReferences(SyntaxTree tree) =>
        tree.GetCompilationUnitRoot().GetReferenceDirectives().Where(
            directive => PackageDirective.IsPackage(directive.File.ValueText));

    /// <summary>Compiles a cell on top of those that were accepted.</summary>
    /// <param name="tree">The cell.</param>
    /// <param name="packageReferences">The assemblies of the packages that it names.</param>
    /// <param name="errors">The errors, in order of lines. No errors and no compilation: there is nothing to run.</param>
    /// <param name="cancellationToken">Ends the compilation.</param>
    public CellCompilation? Compile(
        SyntaxTree tree,
        IEnumerable<MetadataReference> packageReferences,
        out IReadOnlyList<Diagnostic> errors,
        CancellationToken cancellationToken)
    {
        var submission = new Submission(_count++, tree, [.. packageReferences]);
        var cell = TryCompile(submission, _previous, _seesAll, out errors, cancellationToken);
        if (errors.Count == 0 || _seesAll) return cell;

        // The cells before are bound anew as well, or a type of a library would be one type to them and another to this cell.
        CSharpCompilation? previous = null;
        foreach (var accepted in _accepted) previous = Create(accepted, previous, seesAll: true);
        cell = TryCompile(submission, previous, seesAll: true, out var errorsWithAll, cancellationToken);
        if (errorsWithAll.Count == 0)
        {
            _seesAll = true;
            if (cell is not null) _previous = previous;
        }

        errors = errorsWithAll;
        return cell;
    }

    /// <summary>Later cells see what this one declares.</summary>
    public void Accept(CellCompilation cell) => Accept(cell.Submission, cell.Compilation);

    private void Accept(Submission submission, CSharpCompilation compilation)
    {
        _accepted.Add(submission);
        _previous = compilation;
    }

    private CSharpCompilation Create(Submission submission, CSharpCompilation? previous, bool seesAll)
    {
        // Later cells inherit the references and the usings of the first. Giving them again would make the compiler search
        // them once for every cell before, so that each cell took longer than the last.
        IEnumerable<MetadataReference> references = submission.PackageReferences;
        if (previous is null)
            references = (seesAll ? _framework.All : _framework.Usual).Append(EngineReference()).Concat(references).Distinct();
        var options = previous is null ? _options : _options.WithUsings();

        // The class has the name that scripting hosts give it, by which formatters know to leave it out.
        return CSharpCompilation.CreateScriptCompilation(
            $"cell-{submission.Number}",
            submission.Tree,
            references,
            options.WithScriptClassName($"Submission#{submission.Number}"),
            previous,
            typeof(object));
    }

    private CellCompilation? TryCompile(
        Submission submission,
        CSharpCompilation? previous,
        bool seesAll,
        out IReadOnlyList<Diagnostic> errors,
        CancellationToken cancellationToken)
    {
        var compilation = Create(submission, previous, seesAll);
        var image = new MemoryStream();
        var symbols = new MemoryStream();
        var result = compilation.Emit(image, symbols, options: EmitOptions, cancellationToken: cancellationToken);
        errors = result.Success
            ? []
            : [.. result.Diagnostics
                .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                .OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
        if (!result.Success)
        {
            // No errors either: the cell has usings, references or nothing, and there is nothing to run.
            if (errors.Count == 0) Accept(submission, compilation);
            return null;
        }

        image.Position = symbols.Position = 0;
        return new CellCompilation(compilation, submission, image, symbols);
    }

    private PortableExecutableReference EngineReference() =>
        _resolver.TryOpen(typeof(NotebookDisplay).Assembly.Location)
        ?? throw new InvalidOperationException("The engine's own assembly is not a file, so scripts cannot see what it offers.");
}
