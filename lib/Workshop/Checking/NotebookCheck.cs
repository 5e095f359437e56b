using NotebookEngine;
using Workshop.Commands;
using Workshop.Running;

namespace Workshop.Checking;

/// <summary>All that is checked in one notebook, without running it.</summary>
internal static class NotebookCheck
{
    /// <summary>The findings, by cell.</summary>
    /// <param name="file">The notebook.</param>
    /// <param name="lessons">The lessons beside it, to know which one is the last.</param>
    public static IReadOnlyList<Finding> Check(NotebookFile file, IReadOnlyList<NotebookFile> lessons)
    {
        NotebookDocument document;
        try
        {
            document = NotebookDocument.Load(file.DisplayPath);
        }
        catch (NotebookFormatException exception)
        {
            return [new Finding("format", exception.Message)];
        }

        var findings = new List<Finding>();
        findings.AddRange(NotebookValidator.CheckSchema(document).Select(problem => FromEngine("format", problem)));
        findings.AddRange(NotebookValidator.CheckContract(document).Select(problem => FromEngine("metadata", problem)));
        findings.AddRange(Code(file, document));
        var markdown = document.Cells.Index().Where(cell => cell.Item.Kind == CellKind.Markdown)
            .Select(cell => (cell.Index, Parsed: MarkdownRules.Parse(cell.Item.Source))).ToList();
        foreach (var (index, parsed) in markdown)
            findings.AddRange(MarkdownRules.Check(parsed, file.Directory).Select(finding => finding with { Cell = index }));
        if (file.IsLesson)
            findings.AddRange(LessonRules.Check(document, [.. markdown.Select(cell => cell.Parsed)], HasNext(file, lessons)));
        findings.AddRange(OutputRules.Check(document));

        var lines = SourceLines.Of(file.Path);
        return [.. findings.OrderBy(finding => finding.Cell ?? -1).ThenBy(finding => finding.Line).Select(Locate)];

        Finding Locate(Finding finding) => finding.Cell is not { } index ? finding : finding with
        {
            CellId = document.Cells[index].Id,
            FileLine = finding.FileLine ?? lines.Find(index, finding.Line ?? 1),
        };

        Finding FromEngine(string rule, NotebookProblem problem) => new(rule, problem.Message)
        {
            Cell = problem.CellId is null ? null : document.Cells.Index().First(cell => cell.Item.Id == problem.CellId).Index,
            FileLine = problem.Line,
        };
    }

    private static IEnumerable<Finding> Code(NotebookFile file, NotebookDocument document)
    {
        var cells = document.Cells.Index().Where(cell => cell.Item.Kind == CellKind.Code).ToList();
        foreach (var (index, cell) in cells)
        {
            var tree = NotebookScript.Parse(cell.Source);
            foreach (var finding in ContractRules.Check(tree).Concat(ReferenceRules.Check(cell, tree, file.Directory)))
                yield return finding with { Cell = index };
        }

        foreach (var finding in MeaningRules.Check([.. cells.Select(cell => cell.Item.Source)], file.Directory))
            yield return finding with { Cell = cells[finding.Cell!.Value].Index };
    }

    private static bool HasNext(NotebookFile file, IReadOnlyList<NotebookFile> lessons) =>
        lessons.Where(lesson => lesson.Language == file.Language).SkipWhile(lesson => lesson.Path != file.Path).Skip(1).Any();
}
