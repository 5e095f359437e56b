using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Classification;
using Microsoft.CodeAnalysis.Text;
using Workshop.Checking;

namespace Workshop.Handouts;

/// <summary>
/// Colours C# with Roslyn's classifier, all cells of a notebook at once, so that a name is coloured as what the cell
/// before declared it to be. The first call loads the classifier, which takes about a second.
/// </summary>
internal static class CodeHighlighter
{
    /// <summary>Each cell's code as HTML: text with <c>span</c>s, to be put into a <c>pre</c>.</summary>
    public static async Task<IReadOnlyList<string>> ToHtmlAsync(
        IReadOnlyList<string> cells, string notebookDirectory, CancellationToken cancellationToken = default)
    {
        var script = new NotebookScript(cells);
        using var workspace = new AdhocWorkspace();
        var document = CreateDocument(workspace, script, notebookDirectory);
        var spans = await Classifier.GetClassifiedSpansAsync(document, new TextSpan(0, script.Text.Length), cancellationToken);

        // Spans overlap (a static method has two); per character the last one that has a colour wins.
        var classes = cells.Select(cell => new string?[cell.Length]).ToList();
        foreach (var span in spans)
        {
            if (ClassOf(span.ClassificationType) is { } name && script.Locate(span.TextSpan.Start) is var (cell, position))
                Array.Fill(classes[cell], name, position, Math.Min(span.TextSpan.Length, cells[cell].Length - position));
        }

        return [.. cells.Select((cell, index) => Render(cell, classes[index]))];
    }

    private static Document CreateDocument(AdhocWorkspace workspace, NotebookScript script, string notebookDirectory)
    {
        var project = ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "notebook", "notebook", LanguageNames.CSharp,
            compilationOptions: NotebookScript.Options(notebookDirectory),
            parseOptions: NotebookScript.ParseOptions,
            metadataReferences: NotebookScript.Framework,
            isSubmission: true);
        var id = DocumentId.CreateNewId(project.Id);
        var text = TextAndVersion.Create(SourceText.From(script.Text), VersionStamp.Default);
        return workspace.CurrentSolution.AddProject(project)
            .AddDocument(DocumentInfo.Create(id, "notebook", sourceCodeKind: SourceCodeKind.Script, loader: TextLoader.From(text)))
            .GetDocument(id)!; // It was added in the line before.
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
