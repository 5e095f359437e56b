using System.Text.RegularExpressions;
using NotebookEngine;
using Workshop.Running;

namespace Workshop.Checking;

/// <summary>What is saved in a notebook belongs to its code, tells of no machine, and shows no error by accident.</summary>
internal static partial class OutputRules
{
    /// <summary>The findings in a notebook.</summary>
    public static IEnumerable<Finding> Check(NotebookDocument document)
    {
        foreach (var (index, cell) in document.Cells.Index())
        {
            if (cell.Kind != CellKind.Code) continue;
            if (!cell.Tags.Contains(NotebookRunner.RaisesTag) && cell.Outputs.OfType<ErrorOutput>().FirstOrDefault() is { } error)
                yield return new Finding("saved-error", $"The saved output is an error ({error.Name}). Mend the cell, or tag it {NotebookRunner.RaisesTag}.", index);
            if (cell.Outputs.SelectMany(Texts).Select(text => MachinePath().Match(text)).FirstOrDefault(match => match.Success) is { } path)
                yield return new Finding("machine-path", $"The saved output names a folder of one machine: {path.Value}. Run the notebook again with --save.", index);
        }
    }

    private static IEnumerable<string> Texts(CellOutput output) => output switch
    {
        StreamOutput stream => [stream.Text],
        DisplayOutput display => display.Data.Select(form => form.Key.StartsWith("image/", StringComparison.Ordinal) ? "" : form.Value),
        ResultOutput result => result.Data.Select(form => form.Key.StartsWith("image/", StringComparison.Ordinal) ? "" : form.Value),
        ErrorOutput error => error.Traceback.Prepend(error.Value),
        _ => [],
    };

    [GeneratedRegex(@"(?<![\w.~/-])(?:/home/|/Users/|/root/|/tmp/|/var/folders/|[A-Za-z]:\\Users\\)[^\s""'<>&,;:)]*")]
    private static partial Regex MachinePath();
}
