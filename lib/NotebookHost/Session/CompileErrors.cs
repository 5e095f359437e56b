using Microsoft.CodeAnalysis.Text;

namespace NotebookHost;

/// <summary>Says what the compiler found: place, code, message, the source line and a caret.</summary>
internal static class CompileErrors
{
    /// <summary>More than these would only repeat the first mistake's consequences.</summary>
    private const int Shown = 10;

    public static CellError Describe(string cellId, IReadOnlyList<Diagnostic> errors, Func<string, string?> findReferenceFailure)
    {
        var lines = errors.Take(Shown).SelectMany(error => Lines(cellId, error, findReferenceFailure).Prepend("")).Skip(1).ToList();
        if (errors.Count > Shown) lines.AddRange(["", $"… and {errors.Count - Shown} more."]);

        var first = errors[0];
        var (file, line, column) = Place(first);
        var message = FormattableString.Invariant($"{file}({line},{column}): error {first.Id}: {Message(first, findReferenceFailure)}");
        return new CellError(CellError.Compilation, message, file is null ? line : null, lines);
    }

    private static IEnumerable<string> Lines(string cellId, Diagnostic error, Func<string, string?> findFailure)
    {
        var (file, line, column) = Place(error);
        yield return FormattableString.Invariant(
            $"{file ?? $"cell {cellId}"}, line {line}, column {column}: error {error.Id}: {Message(error, findFailure)}");
        if (error.Location.SourceTree?.GetText().Lines[line - 1] is not { } source) yield break;
        yield return $"    {source}";
        yield return $"    {Caret(source, error.Location.SourceSpan)}";
    }

    /// <summary>Marks the span below its line; tabs stay tabs, so that the mark stands where the eye sees the code.</summary>
    private static string Caret(TextLine line, TextSpan span)
    {
        var source = line.ToString();
        var start = Math.Min(span.Start - line.Start, source.Length);
        var length = Math.Max(1, Math.Min(span.End, line.End) - span.Start);
        return string.Concat(source[..start].Select(c => c == '\t' ? '\t' : ' ')) + '^' + new string('~', length - 1);
    }

    /// <summary>Where an error is; the file is one that the cell loaded, null for an error in the cell itself.</summary>
    private static (string? File, int Line, int Column) Place(Diagnostic error)
    {
        var place = error.Location.GetLineSpan();
        var file = Path.IsPathRooted(place.Path) ? Path.GetFileName(place.Path) : null;
        return (file, place.StartLinePosition.Line + 1, place.StartLinePosition.Character + 1);
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
