using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Scripting;

namespace Workshop.Checking;

/// <summary>
/// The code cells of a notebook joined into one script, in which a name means what it means in the notebook. Directives
/// and usings move to the front, where a script may have them; each position leads back to its cell. Nothing runs.
/// </summary>
/// <remarks>A chain of one submission for each cell would be nearer to a run, but ends at the first cell with an error.</remarks>
internal sealed class NotebookScript
{
    // Ends an expression without a semicolon, which a cell may end with, and a comment.
    private const string Separator = "\n;\n";

    private static readonly Lazy<IReadOnlyList<MetadataReference>> FrameworkOnce = new(() =>
    [
        .. ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(path => IsFramework(Path.GetFileName(path)))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ]);

    // Where each piece of the script came from, in the order of the script.
    private readonly List<(int Start, int Length, int Cell, int Position)> _pieces = [];

    public NotebookScript(IReadOnlyList<string> cells)
    {
        var front = new StringBuilder();
        var rest = new StringBuilder();
        var restPieces = new List<(int Start, int Length, int Cell, int Position)>();
        foreach (var (index, cell) in cells.Index())
        {
            var blanked = cell.ToCharArray();
            foreach (var span in FrontMatter(Parse(cell)))
            {
                _pieces.Add((front.Length, span.Length, index, span.Start));
                front.Append(cell, span.Start, span.Length).Append('\n');
                Array.Fill(blanked, ' ', span.Start, span.Length);
            }

            restPieces.Add((rest.Length, cell.Length, index, 0));
            rest.Append(blanked).Append(Separator);
        }

        _pieces.AddRange(restPieces.Select(piece => piece with { Start = piece.Start + front.Length }));
        Text = front.Append(rest).ToString();
    }

    /// <summary>What every host imports; everything else is a <c>using</c> in the notebook.</summary>
    public static IReadOnlyList<string> DefaultUsings { get; } =
    [
        "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq",
    ];

    /// <summary>How cells are parsed.</summary>
    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.CSharp14, kind: SourceCodeKind.Script);

    /// <summary>The assemblies of the framework; their metadata is read when it is needed.</summary>
    public static IReadOnlyList<MetadataReference> Framework => FrameworkOnce.Value;

    /// <summary>The script.</summary>
    public string Text { get; }

    /// <summary>How it is compiled, <c>#r</c> and <c>#load</c> being relative to the notebook's folder.</summary>
    public static CSharpCompilationOptions Options(string notebookDirectory) => new(
        OutputKind.DynamicallyLinkedLibrary,
        usings: DefaultUsings,
        metadataReferenceResolver: ScriptMetadataResolver.Default.WithBaseDirectory(notebookDirectory),
        sourceReferenceResolver: ScriptSourceResolver.Default.WithBaseDirectory(notebookDirectory));

    /// <summary>The syntax of code, as a script.</summary>
    public static SyntaxTree Parse(string code) => CSharpSyntaxTree.ParseText(code, ParseOptions);

    /// <summary>Answers questions about the script's names.</summary>
    public SemanticModel Compile(string notebookDirectory)
    {
        var tree = Parse(Text);
        return CSharpCompilation.CreateScriptCompilation("notebook", tree, Framework, Options(notebookDirectory)).GetSemanticModel(tree);
    }

    /// <summary>The cell, from 0, and the position in it that a position of the script came from; null for what joins them.</summary>
    public (int Cell, int Position)? Locate(int position)
    {
        var index = _pieces.FindIndex(piece => position >= piece.Start && position < piece.Start + piece.Length);
        return index < 0 ? null : (_pieces[index].Cell, _pieces[index].Position + position - _pieces[index].Start);
    }

    private static IEnumerable<Microsoft.CodeAnalysis.Text.TextSpan> FrontMatter(SyntaxTree cell)
    {
        var root = (CompilationUnitSyntax)cell.GetRoot();
        return root.DescendantTrivia()
            .Where(trivia => trivia.Kind() is SyntaxKind.ReferenceDirectiveTrivia or SyntaxKind.LoadDirectiveTrivia)
            .Select(trivia => trivia.GetStructure()!.Span) // A directive always has a structure.
            .Concat(root.Usings.Select(directive => directive.Span));
    }

    // The program's own packages are no business of a notebook's.
    private static bool IsFramework(string file) =>
        file.StartsWith("System.", StringComparison.Ordinal) || file is "mscorlib.dll" or "netstandard.dll" or "Microsoft.CSharp.dll";
}
