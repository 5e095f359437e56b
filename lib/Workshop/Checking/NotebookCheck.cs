namespace Workshop.Checking;

/// <summary>All that is checked in one notebook, without running it.</summary>
internal static class NotebookCheck
{
    public static IReadOnlyList<Finding> Check(NotebookFile file)
    {
        NotebookDocument document;
        try
        {
            document = NotebookDocument.Load(file.DisplayPath);
        }
        catch (Exception exception) when (InputException.Explains(exception))
        {
            return [new Finding("format", exception.Message)];
        }

        return [.. FormatRules.Check(document).Concat(OutputRules.Stale(document))
            .Concat(document.Cells.Index().SelectMany(cell => Cell(file, cell.Item).Select(finding => finding with { Cell = cell.Index })))
            .OrderBy(finding => finding.Cell ?? -1).ThenBy(finding => finding.Line).Select(Locate)];

        Finding Locate(Finding finding) => finding.Cell is not { } index ? finding : finding with
        {
            CellId = document.Cells[index].Id,
            FileLine = document.FindLine(index, finding.Line ?? 1),
        };
    }

    private static IEnumerable<Finding> Cell(NotebookFile file, NotebookCell cell)
    {
        if (cell.IsMarkdown) return MarkdownRules.Check(cell.Source, file.Directory);
        if (!cell.IsCode) return [];
        var outputs = OutputRules.Check(cell);
        if (cell.OtherLanguage is not null) return outputs;
        var tree = CellSyntax.Parse(MagicLines.Blank(cell.Source));
        return ContractRules.Check(tree).Concat(ReferenceRules.Check(cell, tree, file.Directory)).Concat(outputs);
    }
}
