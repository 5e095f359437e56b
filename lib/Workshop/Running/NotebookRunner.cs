using System.Diagnostics;
using System.Net;
using ConcurrencyNotebooks;
using Workshop.Isolation;

namespace Workshop.Running;

/// <summary>Runs one notebook from top to bottom in a process of its own, and puts what its cells show into the document.</summary>
internal sealed class NotebookRunner(
    TimeSpan cellTimeout,
    MachinePaths machinePaths,
    RunReport report,
    Func<NotebookFile, CancellationToken, Task<INotebookSession>> start)
{
    public static async Task<INotebookSession> StartProcessAsync(NotebookFile file, CancellationToken cancellationToken) =>
        await NotebookProcess.StartAsync(new NotebookProcessOptions { WorkingDirectory = file.Directory }, cancellationToken);

    /// <summary>Runs it. After a cell that fails the rest is skipped, because it builds on that cell.</summary>
    public async Task<NotebookRun> RunAsync(NotebookFile file, NotebookDocument document, CancellationToken cancellationToken)
    {
        var run = new NotebookRun(file, document.CodeCells.Count());
        report.NotebookStarted(file, run.CodeCells);
        foreach (var cell in document.CodeCells) cell.SetOutputs(null, []);

        var watch = Stopwatch.StartNew();
        var cells = new List<CellRun>();
        try
        {
            await RunCellsAsync(file, document, cells, cancellationToken);
        }
        catch (NotebookProcessException exception)
        {
            run = run with { Problem = exception.Message };
        }

        run = run with { Cells = cells, Duration = watch.Elapsed };
        report.NotebookEnded(run);
        return run;
    }

    private async Task RunCellsAsync(
        NotebookFile file, NotebookDocument document, List<CellRun> cells, CancellationToken cancellationToken)
    {
        var process = await start(file, cancellationToken);
        try
        {
            foreach (var (index, cell) in document.Cells.Index().Where(cell => cell.Item is { IsCode: true, IsInstructor: false }))
            {
                if (!process.IsAlive) process = await RestartAsync(process, file, cells, cancellationToken);
                var number = cells.Count + 1;
                report.CellStarted(cell, number);
                var result = await RunCellAsync(process, cell, cancellationToken);

                var outcome = Judge(cell, result.Error);
                var error = result.Error ?? (outcome == CellOutcome.Failed ? MissingError() : null);
                var outputs = outcome == CellOutcome.LeftOut ? [LeftOut(error!)] : result.Outputs;
                cell.SetOutputs(number, outputs.Select(Settle).OfType<CellOutput>());

                var ran = new CellRun(cell, number, outcome, result.Duration, error, document.FindLine(index, error?.Line ?? 1));
                cells.Add(ran);
                report.CellEnded(file, ran);

                // What builds on a failed cell would only fail after it; a cell for another host was never to run here.
                if (outcome == CellOutcome.Failed && cell.OtherLanguage is null) break;
            }
        }
        finally
        {
            await process.DisposeAsync();
        }
    }

    private async Task<CellResult> RunCellAsync(INotebookSession process, NotebookCell cell, CancellationToken cancellationToken)
    {
        if (cell.OtherLanguage is { } language)
        {
            var foreign = new CellError(CellError.Compilation, $"This host runs C#: the cell '{cell.Id}' is {language}.", null, []);
            return new CellResult([CellOutput.Error(foreign)], TimeSpan.Zero, foreign);
        }

        var result = await process.RunAsync(cell.Id, cell.Source, cellTimeout, report.CellPrinted, cancellationToken);

        // Ctrl-C reaches the notebook's process too: that it ended is then no failure of the cell.
        cancellationToken.ThrowIfCancellationRequested();
        return result;
    }

    // An optional cell took its process along. What follows builds on the cells before it, which are run once more.
    private async Task<INotebookSession> RestartAsync(
        INotebookSession ended, NotebookFile file, IEnumerable<CellRun> cells, CancellationToken cancellationToken)
    {
        await ended.DisposeAsync();
        report.Note($"{file.Name}: the cell ended its process; the cells before it are run again.");
        var process = await start(file, cancellationToken);
        foreach (var cell in cells.Where(cell => cell.Outcome != CellOutcome.LeftOut))
            await RunCellAsync(process, cell.Cell, cancellationToken);
        return process;
    }

    // What is kept of an output: nothing of this machine, of a chart its picture, and of text what a terminal would show in the end.
    private CellOutput? Settle(CellOutput output)
    {
        if (output.Type != CellOutput.StreamType) return output.Map(text => ChartHtml.WithoutFigures(machinePaths.Hide(text)));
        var text = TerminalScreen.Settle(output.Text);
        return text.Length > 0 ? CellOutput.Stream(output.StreamName, machinePaths.Hide(text)) : null;
    }

    private static CellOutcome Judge(NotebookCell cell, CellError? error)
    {
        if (error is null) return cell.ExpectsError ? CellOutcome.Failed : CellOutcome.Ok;
        if (cell.IsOptional) return CellOutcome.LeftOut;
        return cell.ExpectsError && error.Name is not (CellError.Timeout or CellError.ProcessEnded)
            ? CellOutcome.ExpectedError
            : CellOutcome.Failed;
    }

    private static CellError MissingError() => new(
        "NoException",
        $"The cell is tagged {NotebookCell.RaisesTag}, but it ran to its end. Take the tag off, or make it throw again.",
        null,
        []);

    // Not as an error: a notebook that was saved without a network is still in order.
    private static CellOutput LeftOut(CellError error) => CellOutput.Display([
        ("text/html", $"<p class=\"note\"><strong>Left out.</strong> {WebUtility.HtmlEncode(error.Message)}</p>"),
        ("text/plain", $"Left out. {error.Message}")]);
}
