using System.Text.RegularExpressions;
using NotebookHost;
using Workshop.Lessons;
using Workshop.Running;

namespace Workshop.Checking;

/// <summary>What is saved in a notebook belongs to its code, tells of no machine, and shows no error by accident.</summary>
internal static partial class OutputRules
{
    /// <summary>The findings in a notebook.</summary>
    public static IEnumerable<Finding> Check(NotebookDocument document)
    {
        foreach (var finding in Stale(document)) yield return finding;
        foreach (var (index, cell) in document.Cells.Index())
        {
            if (!cell.IsCode) continue;
            if (!cell.Tags.Contains(NotebookRunner.RaisesTag) && cell.Outputs.FirstOrDefault(output => output.Type == CellOutput.ErrorType) is { } error)
                yield return new Finding("saved-error", $"The saved output is an error ({error.ErrorName}). Mend the cell, or tag it {NotebookRunner.RaisesTag}.", index);
            if (cell.Outputs.SelectMany(Texts).Any(text => MachineAddress().IsMatch(text)))
                yield return new Finding("machine-address", "The saved output names network addresses of one machine, as .NET Interactive's first output does. Run the notebook again with --save.", index);
            if (cell.Outputs.SelectMany(Texts).Select(text => MachinePath().Match(text)).FirstOrDefault(match => match.Success) is { } path)
                yield return new Finding("machine-path", $"The saved output names a folder of one machine: {path.Value}. Run the notebook again with --save.", index);
        }
    }

    private static IEnumerable<Finding> Stale(NotebookDocument document)
    {
        var stale = document.StaleCells().ToList();
        if (stale.Count > 0 && document.Cells.All(cell => cell.ExecutionCount is null))
        {
            yield return new Finding("stale", "The notebook has no saved outputs. Run it with --save to add them.", Severity: Severity.Warning);
            yield break;
        }

        var cells = document.Cells.ToList();
        foreach (var (cell, why) in stale)
        {
            var reason = why switch
            {
                StaleReason.NotRun => "The cell was not run when the outputs were saved",
                StaleReason.NotStamped => "Nothing says which code the saved outputs belong to",
                StaleReason.CodeChanged => "The code changed after its outputs were saved",
                _ => "The code of a cell above changed after the outputs were saved",
            };
            yield return new Finding("stale", $"{reason}. Run the notebook with --save.", cells.IndexOf(cell));
        }
    }

    private static IEnumerable<string> Texts(CellOutput output) =>
        output.Forms.Where(form => !form.MimeType.StartsWith("image/", StringComparison.Ordinal)).Select(form => form.Content)
            .Concat(output.Traceback).Append(output.Text).Append(output.ErrorValue);

    // Loopback aside, which is the same everywhere.
    [GeneratedRegex(@"probeAddresses|fe80::|https?://(?!127\.)(?:\d{1,3}\.){3}\d{1,3}:\d{2,5}")]
    private static partial Regex MachineAddress();

    [GeneratedRegex(@"(?<![\w.~/-])(?:/home/|/Users/|/root/|/tmp/|/var/folders/|[A-Za-z]:\\Users\\)[^\s""'<>&,;:)]*")]
    private static partial Regex MachinePath();
}
