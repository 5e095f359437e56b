namespace Workshop.Checking;

/// <summary>What is saved in a notebook belongs to its code, tells of no machine, and shows no error by accident.</summary>
internal static partial class OutputRules
{
    private const string Rerun = "Run the notebook again with --save.";

    public static IEnumerable<Finding> Check(NotebookDocument document)
    {
        foreach (var finding in Stale(document)) yield return finding;
        foreach (var (index, cell) in document.Cells.Index())
        {
            if (!cell.IsCode) continue;
            var error = cell.Outputs.FirstOrDefault(output => output.Type == CellOutput.ErrorType);
            var texts = cell.Outputs.SelectMany(Texts).ToList();
            var path = texts.Select(text => MachinePath().Match(text)).FirstOrDefault(match => match.Success);
            if (error is not null && !cell.ExpectsError)
            {
                yield return new Finding(
                    "saved-error",
                    $"The saved output is an error ({error.ErrorName}). Correct the cell, or tag it {NotebookCell.RaisesTag}.",
                    index);
            }

            if (texts.Any(text => MachineAddress().IsMatch(text)))
            {
                yield return new Finding(
                    "machine-address",
                    $"The saved output names network addresses of one machine, as .NET Interactive's first output does. {Rerun}",
                    index);
            }

            if (cell.UnreadClaims > 0)
                yield return new Finding("unread-claim", $"Of the saved claims, {cell.UnreadClaims} cannot be read. {Rerun}", index);
            if (path is not null)
                yield return new Finding("machine-path", $"The saved output names a folder of one machine: {path.Value}. {Rerun}", index);
        }
    }

    private static IEnumerable<Finding> Stale(NotebookDocument document)
    {
        var stale = document.StaleCells().ToList();
        if (stale.Count > 0 && document.Cells.All(cell => cell.ExecutionCount is null))
        {
            const string None = "The notebook has no saved outputs. Run it with --save to add them.";
            return [new Finding("stale", None, IsWarning: true)];
        }

        var cells = document.Cells.ToList();
        return stale.Select(cell => new Finding("stale", $"{cell.Reason}. {Rerun}", cells.IndexOf(cell.Cell)));
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
