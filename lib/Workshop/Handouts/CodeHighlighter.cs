using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Classification;
using Microsoft.CodeAnalysis.Text;
using Workshop.Checking;

namespace Workshop.Handouts;

/// <summary>
/// Colours C# with Roslyn's classifier, cell by cell: each cell sees the names that the cells before it declared,
/// so that a type is coloured as a type and not as any word.
/// </summary>
/// <remarks>Not thread-safe: one for each notebook. The first one loads the classifier, which takes about a second.</remarks>
internal sealed class CodeHighlighter : IDisposable
{
    private readonly string _notebookDirectory;
    private readonly AdhocWorkspace _workspace = new();
    private Solution _solution;
    private ProjectId? _lastCell;

    public CodeHighlighter(string notebookDirectory)
    {
        _notebookDirectory = notebookDirectory;
        _solution = _workspace.CurrentSolution;
    }

    /// <summary>The code as HTML: text with <c>span</c>s, to be put into a <c>pre</c>.</summary>
    public async Task<string> ToHtmlAsync(string code, CancellationToken cancellationToken = default)
    {
        var document = AddCell(code);
        var spans = await Classifier.GetClassifiedSpansAsync(document, new TextSpan(0, code.Length), cancellationToken);
        return Render(code, ClassOfEachCharacter(code, spans));
    }

    public void Dispose() => _workspace.Dispose();

    // A cell is a submission, as the compiler calls a piece of a script that continues another.
    private Document AddCell(string code)
    {
        var project = ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "cell", "cell", LanguageNames.CSharp,
            compilationOptions: ScriptChain.Options(_notebookDirectory),
            parseOptions: ScriptChain.ParseOptions,
            projectReferences: _lastCell is null ? [] : [new ProjectReference(_lastCell)],
            metadataReferences: ScriptChain.Framework,
            isSubmission: true);
        _lastCell = project.Id;

        var id = DocumentId.CreateNewId(project.Id);
        _solution = _solution.AddProject(project).AddDocument(DocumentInfo.Create(
            id, "cell", sourceCodeKind: SourceCodeKind.Script,
            loader: TextLoader.From(TextAndVersion.Create(SourceText.From(code), VersionStamp.Default))));
        return _solution.GetDocument(id)!; // It was added in the line before.
    }

    // Spans overlap (a static method has two); per character the last one that has a colour wins.
    private static string?[] ClassOfEachCharacter(string code, IEnumerable<ClassifiedSpan> spans)
    {
        var classes = new string?[code.Length];
        foreach (var span in spans)
        {
            if (ClassOf(span.ClassificationType) is { } name)
                Array.Fill(classes, name, span.TextSpan.Start, span.TextSpan.Length);
        }

        return classes;
    }

    private static string Render(string code, string?[] classes)
    {
        var html = new StringBuilder(code.Length * 2);
        for (int start = 0, end; start < code.Length; start = end)
        {
            for (end = start + 1; end < code.Length && classes[end] == classes[start];) end++;
            var text = Html.Text(code[start..end]);
            html.Append(classes[start] is { } name ? $"<span class=\"{name}\">{text}</span>" : text);
        }

        return html.ToString();
    }

    private static string? ClassOf(string classification) => classification switch
    {
        ClassificationTypeNames.Keyword => "k",
        ClassificationTypeNames.ControlKeyword => "kc",
        ClassificationTypeNames.PreprocessorKeyword or ClassificationTypeNames.PreprocessorText => "pp",
        ClassificationTypeNames.StringLiteral or ClassificationTypeNames.VerbatimStringLiteral
            or ClassificationTypeNames.StringEscapeCharacter => "s",
        ClassificationTypeNames.NumericLiteral => "n",
        ClassificationTypeNames.MethodName or ClassificationTypeNames.ExtensionMethodName => "m",
        ClassificationTypeNames.ClassName or ClassificationTypeNames.RecordClassName
            or ClassificationTypeNames.RecordStructName or ClassificationTypeNames.StructName
            or ClassificationTypeNames.InterfaceName or ClassificationTypeNames.EnumName
            or ClassificationTypeNames.DelegateName or ClassificationTypeNames.TypeParameterName => "t",
        // Comments and the parts of documentation comments.
        _ when classification.Contains("comment", StringComparison.Ordinal) => "c",
        _ => null,
    };
}
