using System.Text.RegularExpressions;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using NotebookEngine;
using Workshop.Handouts;

namespace Workshop.Checking;

/// <summary>
/// What a lesson has: a title, goals, a prediction before the measurement, claims, Python beside C#, two exercises, a
/// way on; and what keeps it readable. All are warnings, since words can be found in more ways than a pattern knows.
/// </summary>
internal static partial class LessonRules
{
    private const int MaximumCells = 24, MaximumCodeLines = 14, Exercises = 2;

    /// <summary>The findings in a lesson.</summary>
    /// <param name="document">The notebook.</param>
    /// <param name="markdown">Its Markdown cells, parsed.</param>
    /// <param name="hasNext">Whether a lesson comes after it.</param>
    public static IEnumerable<Finding> Check(NotebookDocument document, IReadOnlyList<MarkdownDocument> markdown, bool hasNext)
    {
        if (document.Cells.Count > MaximumCells)
            yield return Warn("length", $"The lesson has {document.Cells.Count} cells. Under {MaximumCells + 1} it is read to the end.");
        foreach (var (index, cell) in document.Cells.Index())
        {
            var lines = cell.Kind == CellKind.Code ? cell.Source.Split('\n').Count(line => !string.IsNullOrWhiteSpace(line)) : 0;
            if (lines > MaximumCodeLines)
                yield return Warn("long-cell", $"The cell has {lines} lines of code. Under {MaximumCodeLines + 1} it is understood at a glance; split it.") with { Cell = index };
        }

        var headings = markdown.SelectMany(cell => cell.Descendants<HeadingBlock>()).ToList();
        var texts = headings.Select(heading => MarkdownCells.PlainText(heading.Inline))
            .Concat(markdown.SelectMany(cell => cell.Descendants<EmphasisInline>().Select(MarkdownCells.PlainText)))
            .ToList();
        if (headings.FirstOrDefault() is not { Level: 1 })
            yield return Warn("title", "The lesson does not begin with a title: # What it is about.");
        if (!texts.Exists(text => Goals().IsMatch(text)))
            yield return Warn("goals", "No heading says what the reader will learn.");
        if (!markdown.Any(cell => Prediction().IsMatch(string.Concat(cell.Descendants<LiteralInline>()))))
            yield return Warn("prediction", "Nothing asks the reader for a prediction before the measurement.");
        if (!document.Cells.Any(cell => cell.Kind == CellKind.Code && (cell.Source.Contains("Claims.", StringComparison.Ordinal) || cell.Source.Contains(".Claim", StringComparison.Ordinal))))
            yield return Warn("claims", "No cell tests a claim (Claims.Check and others, or the ClaimSpeedup of a Comparison).");
        if (!markdown.SelectMany(cell => cell.Descendants<Table>()).Any(ComparesLanguages))
            yield return Warn("python-table", "There is no table with the columns 'In Python' and 'In C#'.");
        if (texts.Where(text => Exercise().IsMatch(text)).Distinct().Count() < Exercises)
            yield return Warn("exercises", $"The lesson has fewer than {Exercises} exercises (a heading 'Exercise 1', or a bold number).");
        if (hasNext && !markdown.SelectMany(cell => cell.Descendants<LinkInline>()).Any(link => LessonLink().IsMatch(link.Url ?? "")))
            yield return Warn("next", "No link leads to the next lesson.");
    }

    private static bool ComparesLanguages(Table table)
    {
        if (table.FirstOrDefault() is not TableRow header) return false;
        var columns = header.Descendants<ParagraphBlock>().Select(cell => MarkdownCells.PlainText(cell.Inline)).ToList();
        return columns.Exists(name => name.Contains("Python", StringComparison.Ordinal))
            && columns.Exists(name => name.Contains("C#", StringComparison.Ordinal));
    }

    private static Finding Warn(string rule, string message) => new(rule, message, Severity: Severity.Warning);

    [GeneratedRegex("goal|learn|you can|目標|学ぶ|学び|ねらい|ゴール", RegexOptions.IgnoreCase)]
    private static partial Regex Goals();

    [GeneratedRegex("predict|guess|予想|予測", RegexOptions.IgnoreCase)]
    private static partial Regex Prediction();

    // "Exercise 1" as a heading, or a bold "1." under the heading "Exercises".
    [GeneratedRegex(@"^(?:(?:exercise|演習|練習|問題)\s*\d.*|\d+[.)]?)$", RegexOptions.IgnoreCase)]
    private static partial Regex Exercise();

    [GeneratedRegex(@"(?:^|/)\d\d-[^/]*\.ipynb")]
    private static partial Regex LessonLink();
}
