namespace Workshop.Checking;

/// <summary>What is saved in a notebook belongs to its code, tells of no machine, and shows no error by accident.</summary>
internal static partial class OutputRules
{
    private const string Rerun = "Run the notebook again with --save.";

    public static IEnumerable<Finding> Check(NotebookCell cell)
    {
        const string Correction = $"Correct the cell, or tag it {NotebookCell.RaisesTag}.";
        if (!cell.ExpectsError && cell.Outputs.FirstOrDefault(output => output.Type == CellOutput.ErrorType) is { ErrorName: var error })
            yield return new("saved-error", $"The saved output is an error ({error}). {Correction}");
        var texts = cell.Outputs.SelectMany(Texts).ToList();
        if (texts.Exists(MachineAddress().IsMatch))
        {
            const string Addresses = "The saved output names network addresses of one machine, as .NET Interactive's first output does.";
            yield return new("machine-address", $"{Addresses} {Rerun}");
        }

        if (cell.UnreadClaims > 0)
            yield return new("unread-claim", $"Of the saved claims, {cell.UnreadClaims} cannot be read. {Rerun}");
        if (texts.Select(text => MachinePath().Match(text)).FirstOrDefault(match => match.Success) is { Value: var path })
            yield return new("machine-path", $"The saved output names a folder of one machine: {path}. {Rerun}");
    }

    public static IEnumerable<Finding> Stale(NotebookDocument document)
    {
        var (cells, stale) = (document.Cells.ToList(), document.StaleCells().ToList());
        return stale.Count > 0 && cells.TrueForAll(cell => cell.ExecutionCount is null)
            ? [new Finding("stale", "The notebook has no saved outputs. Run it with --save to add them.", IsWarning: true)]
            : stale.Select(cell => new Finding("stale", $"{cell.Reason}. {Rerun}", cells.IndexOf(cell.Cell)));
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
