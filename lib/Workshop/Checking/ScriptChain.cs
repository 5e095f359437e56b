using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Scripting;

namespace Workshop.Checking;

/// <summary>
/// The cells of a notebook as a chain of script compilations, each of which sees what those before it declared, under
/// the usings that every host of the notebooks has by default. Nothing is emitted and nothing runs.
/// </summary>
internal sealed class ScriptChain(string notebookDirectory)
{
    private static readonly Lazy<IReadOnlyList<MetadataReference>> FrameworkOnce = new(() =>
    [
        .. ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(path => IsFramework(Path.GetFileName(path)))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ]);

    private readonly CSharpCompilationOptions _options = Options(notebookDirectory);
    private CSharpCompilation? _last;

    /// <summary>What every host imports; everything else is a <c>using</c> in the notebook.</summary>
    public static IReadOnlyList<string> DefaultUsings { get; } =
    [
        "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq",
    ];

    /// <summary>How a cell is parsed.</summary>
    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.CSharp14, kind: SourceCodeKind.Script);

    /// <summary>The assemblies of the framework; their metadata is read when it is needed.</summary>
    public static IReadOnlyList<MetadataReference> Framework => FrameworkOnce.Value;

    /// <summary>How a cell is compiled, <c>#r</c> and <c>#load</c> being relative to the notebook's folder.</summary>
    public static CSharpCompilationOptions Options(string notebookDirectory) => new(
        OutputKind.DynamicallyLinkedLibrary,
        usings: DefaultUsings,
        metadataReferenceResolver: ScriptMetadataResolver.Default.WithBaseDirectory(notebookDirectory),
        sourceReferenceResolver: ScriptSourceResolver.Default.WithBaseDirectory(notebookDirectory));

    /// <summary>Adds a cell after the others and answers questions about its names.</summary>
    public SemanticModel Add(SyntaxTree cell)
    {
        _last = CSharpCompilation.CreateScriptCompilation("cell", cell, Framework, _options, _last);
        return _last.GetSemanticModel(cell);
    }

    // The program's own packages are no business of a notebook's.
    private static bool IsFramework(string file) =>
        file.StartsWith("System.", StringComparison.Ordinal) || file is "mscorlib.dll" or "netstandard.dll" or "Microsoft.CSharp.dll";
}
