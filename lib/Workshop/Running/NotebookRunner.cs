using System.Net;
using Workshop.Isolation;

namespace Workshop.Running;

/// <summary>Runs the cells of one notebook in order, in a process of their own, and puts what they show into the document.</summary>
internal sealed class NotebookRunner(
    NotebookFile file, TimeSpan cellTimeout, string? repositoryRoot, RunReport report, Func<Task<INotebookSession>>? start = null)
    : IAsyncDisposable
{
    private readonly MachinePaths _paths = new(repositoryRoot);

    // Null before the first cell, and where a process could not be started again.
    private INotebookSession? _process;
    private string? _machine;

    /// <summary>The cells that ran, from the first on; the process has what they declared.</summary>
    public List<CellRun> Cells { get; } = [];

    /// <summary>
    /// Runs the cells behind those that ran already, with which the document begins. After a cell that fails the rest is skipped,
    /// because it builds on that cell. Where <c>goesOn</c> refuses a cell, nothing more is run or reported, and the result is null.
    /// </summary>
    public async Task<NotebookRun?> RunAsync(
        NotebookDocument document, Func<NotebookCell, bool> goesOn, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var run = new NotebookRun(file, document.CodeCells.Count());
        if (Cells.Count == 0 || Cells.Count < run.CodeCells) report.NotebookStarted(file, run.CodeCells);
        _machine = Cells.SelectMany(ran => ran.Cell.Claims).Select(claim => claim.Machine).LastOrDefault(name => name.Length > 0);
        try
        {
            foreach (var cell in document.CodeCells.Skip(Cells.Count))
            {
                if (!goesOn(cell)) return null;
                if (_process is not { IsAlive: true }) await StartAsync(cancellationToken);
                report.CellStarted(cell, Cells.Count + 1);
                var ran = await RunAsync(document, cell, cancellationToken);
                Cells.Add(ran);
                report.CellEnded(file, ran);
                if (ran.EndsNotebook) break;
            }
        }
        catch (NotebookProcessException exception)
        {
            run = run with { Problem = exception.Message };
        }

        foreach (var cell in document.CodeCells.Skip(Cells.Count)) cell.SetOutputs(null, []);
        run = run with { Cells = [.. Cells], Duration = watch.Elapsed };
        report.NotebookEnded(run);
        return run;
    }

    /// <summary>Ends the process and all that it started, and forgets the cells.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_process is { } process) await process.DisposeAsync();
        _process = null;
        Cells.Clear();
    }

    private async Task<CellRun> RunAsync(NotebookDocument document, NotebookCell cell, CancellationToken cancellationToken)
    {
        var number = Cells.Count + 1;
        var result = await RunAsync(_process!, cell, number, cancellationToken);
        var outcome = Judge(cell, result.Error);
        const string Missing =
            $"The cell is tagged {NotebookCell.RaisesTag}, but it ran to its end. Take the tag off, or make it throw again.";
        var error = result.Error ?? (outcome == CellOutcome.Failed ? new CellError("NoException", Missing, null, []) : null);
        var outputs = outcome == CellOutcome.LeftOut ? [LeftOut(error!)] : result.Outputs;
        cell.SetOutputs(number, outputs.Select(Settle).OfType<CellOutput>());
        var index = Array.IndexOf([.. document.Cells], cell);
        return new CellRun(cell, number, outcome, result.Duration, error, document.FindLine(index, error?.Line ?? 1));
    }

    private async Task<CellResult> RunAsync(INotebookSession process, NotebookCell cell, int number, CancellationToken cancellationToken)
    {
        if (cell.OtherLanguage is { } language)
        {
            var foreign = new CellError(CellError.Compilation, $"This host runs C#: the cell '{cell.Id}' is {language}.", null, []);
            return new CellResult([CellOutput.Error(foreign)], TimeSpan.Zero, foreign);
        }

        var result = await process.RunAsync(cell.Id, cell.Source, cellTimeout, report.CellPrinted, number, cancellationToken);

        // Ctrl-C reaches the notebook's process too: that it ended is then no failure of the cell.
        cancellationToken.ThrowIfCancellationRequested();
        return result;
    }

    // Where a cell took its process along, what follows builds on the cells before it, which are run once more.
    private async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_process is { } ended)
        {
            _process = null;
            await ended.DisposeAsync();
            report.Note($"{file.Name}: the cell ended its process; the cells before it are run again.");
        }

        var process = start is null ? await NotebookProcess.StartAsync(file.Directory, null, cancellationToken) : await start();
        try
        {
            foreach (var ran in Cells.Where(ran => ran.Outcome != CellOutcome.LeftOut))
                await RunAsync(process, ran.Cell, ran.Number, cancellationToken);
            _process = process;
        }
        finally
        {
            // A process that has not got as far as the cells say is of no use.
            if (_process is null) await process.DisposeAsync();
        }
    }

    // What is kept of an output: nothing of this machine, of a chart its picture, of the data for our own programs a text on one line,
    // and of text what a terminal would show in the end.
    private CellOutput? Settle(CellOutput output)
    {
        if (output.Type != CellOutput.StreamType)
        {
            var claims = NameMachineOnce(output);
            return output.Map(
                (form, text) => ChartHtml.WithoutFigures(_paths.Hide(form == Claim.MimeType ? claims ?? text : text)),
                ChartSpec.MimeType,
                Claim.MimeType);
        }

        var text = TerminalScreen.Settle(output.Text);
        return text.Length > 0 ? CellOutput.Stream(output.StreamName, _paths.Hide(text)) : null;
    }

    // A claim names its machine where that is another than the one before. Null where there is nothing to be changed.
    private string? NameMachineOnce(CellOutput output)
    {
        var (claims, unread) = ClaimReader.Read(output.Json["data"]);
        if (claims.Count == 0 || unread > 0) return null;
        var named = new List<Claim>();
        foreach (var claim in claims)
        {
            named.Add(claim.Machine == _machine ? claim with { Machine = "" } : claim);
            _machine = claim.Machine;
        }

        return ClaimReader.Write(named);
    }

    private static CellOutcome Judge(NotebookCell cell, CellError? error)
    {
        if (error is null) return cell.ExpectsError ? CellOutcome.Failed : CellOutcome.Ok;
        if (cell.IsOptional) return CellOutcome.LeftOut;
        return cell.ExpectsError && error.Name is not (CellError.Timeout or CellError.ProcessEnded)
            ? CellOutcome.ExpectedError
            : CellOutcome.Failed;
    }

    // Not as an error: a notebook that was saved without a network is still in order.
    private static CellOutput LeftOut(CellError error) => CellOutput.Display([
        ("text/html", $"<p class=\"note\"><strong>Left out.</strong> {WebUtility.HtmlEncode(error.Message)}</p>"),
        ("text/plain", $"Left out. {error.Message}")]);
}
