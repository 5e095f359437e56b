using Microsoft.CodeAnalysis.Text;

namespace NotebookHost;

/// <summary>Says what the compiler found: place, code, message, the source line and a caret.</summary>
internal static class CompileErrors
{
    /// <summary>More than these would only repeat the first mistake's consequences.</summary>
    private const int Shown = 10;

    public static CellError Describe(string cellId, IReadOnlyList<Diagnostic> errors, Func<string, string?> findReferenceFailure)
    {
        var lines = new List<string>();
        foreach (var error in errors.Take(Shown))
        {
            if (lines.Count > 0) lines.Add("");
            AddDescription(lines, cellId, error, findReferenceFailure);
        }

        if (errors.Count > Shown) lines.AddRange(["", $"… and {errors.Count - Shown} more."]);

        var first = errors[0];
        var (line, column) = Place(first);
        var file = LoadedFile(first);
        var message = FormattableString.Invariant($"{file}({line},{column}): error {first.Id}: {Message(first, findReferenceFailure)}");
        return new CellError(CellError.Compilation, message, file is null ? line : null, lines);
    }

    private static void AddDescription(List<string> lines, string cellId, Diagnostic error, Func<string, string?> findFailure)
    {
        var (line, column) = Place(error);
        var tree = error.Location.SourceTree;
        var file = LoadedFile(error) ?? $"cell {cellId}";
        lines.Add(FormattableString.Invariant(
            $"{file}, line {line}, column {column}: error {error.Id}: {Message(error, findFailure)}"));
        if (tree is null) return;

        var text = tree.GetText();
        var sourceLine = text.Lines[line - 1];
        var source = sourceLine.ToString();
        lines.Add("    " + source);
        lines.Add("    " + Caret(source, sourceLine, error.Location.SourceSpan));
    }

    /// <summary>Marks the span below its line; tabs stay tabs, so that the mark stands where the eye sees the code.</summary>
    private static string Caret(string source, TextLine line, TextSpan span)
    {
        var start = Math.Min(span.Start - line.Start, source.Length);
        var length = Math.Max(1, Math.Min(span.End, line.End) - span.Start);
        var indent = string.Concat(source[..start].Select(c => c == '\t' ? '\t' : ' '));
        return indent + '^' + new string('~', length - 1);
    }

    /// <summary>The file that the cell loaded and the error is in; null for an error in the cell itself.</summary>
    private static string? LoadedFile(Diagnostic error) =>
        error.Location.SourceTree is { } tree && Path.IsPathRooted(tree.FilePath) ? Path.GetFileName(tree.FilePath) : null;

    private static (int Line, int Column) Place(Diagnostic error)
    {
        var start = error.Location.GetLineSpan().StartLinePosition;
        return (start.Line + 1, start.Character + 1);
    }

    private static string Message(Diagnostic error, Func<string, string?> findReferenceFailure)
    {
        var message = error.GetMessage(CultureInfo.InvariantCulture);
        if (error.Id != "CS0006" || error.Location.SourceTree is not { } tree) return message;

        // "Metadata file could not be found": the resolver knows where it looked, and what helps.
        var directive = tree.GetText().ToString(error.Location.SourceSpan).Split('"');
        return directive is [_, var reference, ..] ? findReferenceFailure(reference) ?? message : message;
    }
}
