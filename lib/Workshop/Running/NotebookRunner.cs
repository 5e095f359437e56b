using System.Diagnostics;
using NotebookEngine;
using Workshop.Commands;

namespace Workshop.Running;

/// <summary>Runs one notebook from top to bottom in a process of its own, and puts what its cells show into the document.</summary>
internal sealed class NotebookRunner(TimeSpan cellTimeout, MachinePaths machinePaths, IRunReporter reporter)
{
    /// <summary>A cell with this tag may be left out when its package cannot be had.</summary>
    public const string OptionalTag = "optional";

    /// <summary>A cell with this tag, Jupyter's convention, is there to show an error.</summary>
    public const string RaisesTag = "raises-exception";

    /// <summary>Runs it. After a cell that fails the rest is skipped, because it builds on that cell.</summary>
    /// <param name="file">The notebook's file.</param>
    /// <param name="document">The notebook; its outputs are replaced.</param>
    /// <param name="meanwhile">Work to do while the process starts. The first cell waits for it, so that nothing else
    /// uses the processor while a cell measures.</param>
    /// <param name="cancellationToken">Interrupts the running cell and ends the process.</param>
    public async Task<NotebookRun> RunAsync(
        NotebookFile file, NotebookDocument document, Func<Task> meanwhile, CancellationToken cancellationToken)
    {
        var run = new NotebookRun(file, DateTimeOffset.Now) { CodeCells = CodeCells(document).Count() };
        reporter.NotebookStarted(file, run.CodeCells);
        foreach (var cell in CodeCells(document)) cell.SetOutputs(null, []);

        var watch = Stopwatch.StartNew();
        var starting = NotebookProcess.StartAsync(new NotebookProcessOptions { WorkingDirectory = file.Directory }, cancellationToken);
        await meanwhile();
        var cells = new List<CellRun>();
        try
        {
            await using var process = await starting;
            await RunCellsAsync(process, file, document, cells, cancellationToken);
        }
        catch (NotebookProcessException exception)
        {
            run = run with { Problem = exception.Message };
        }

        run = run with { Cells = cells, Duration = watch.Elapsed };
        reporter.NotebookEnded(run);
        return run;
    }

    private static IEnumerable<NotebookCell> CodeCells(NotebookDocument document) =>
        document.Cells.Where(cell => cell.Kind == CellKind.Code);

    private async Task RunCellsAsync(
        NotebookProcess process, NotebookFile file, NotebookDocument document, List<CellRun> cells, CancellationToken cancellationToken)
    {
        var lines = SourceLines.Of(file.Path);
        var index = -1;
        foreach (var cell in document.Cells)
        {
            index++;
            if (cell.Kind != CellKind.Code) continue;
            var number = cells.Count + 1;
            reporter.CellStarted(cell, number);

            var updates = new List<DisplayOutput>();
            var result = await process.RunAsync(
                cell.Id, cell.Source, cellTimeout,
                shown => { if (shown is { IsUpdate: true, Output: DisplayOutput update }) lock (updates) updates.Add(update); },
                cancellationToken);

            // Ctrl-C reaches the notebook's process too: that it ended is then no failure of the cell.
            cancellationToken.ThrowIfCancellationRequested();
            lock (updates) ApplyUpdates(document, cell, updates);

            var outcome = Judge(cell, result);
            var error = result.Error ?? (outcome == CellOutcome.Failed ? MissingError() : null);
            var outputs = outcome == CellOutcome.LeftOut ? [LeftOut(error!)] : result.Outputs;
            cell.SetOutputs(number, outputs.Select(machinePaths.Hide));

            var fileLine = lines.Find(index, error?.Line ?? 1);
            var ran = new CellRun(cell, number, outcome, result.Duration, error, fileLine, OutputClaims.Read(result.Outputs));
            cells.Add(ran);
            reporter.CellEnded(file, ran);
            if (ran.IsFailure || outcome == CellOutcome.Interrupted) break;
        }
    }

    private static CellOutcome Judge(NotebookCell cell, CellResult result)
    {
        var expectsError = cell.Tags.Contains(RaisesTag);
        return result.Status switch
        {
            CellStatus.Ok => expectsError ? CellOutcome.Failed : CellOutcome.Ok,
            CellStatus.Failed when result.Error?.Name == CellError.PackageNotAvailable && cell.Tags.Contains(OptionalTag) => CellOutcome.LeftOut,
            CellStatus.Failed => expectsError ? CellOutcome.ExpectedError : CellOutcome.Failed,
            CellStatus.TimedOut => CellOutcome.TimedOut,
            CellStatus.ProcessEnded => CellOutcome.ProcessEnded,
            _ => CellOutcome.Interrupted,
        };
    }

    private static CellError MissingError() => new(
        "NoException", $"The cell is tagged {RaisesTag}, but it ran to its end. Take the tag off, or make it throw again.", null, null, []);

    // Not as an error: a notebook that was saved without a network is still in order.
    private static DisplayOutput LeftOut(CellError error) => new(new MimeBundle
    {
        { "text/html", $"<p class=\"note\"><strong>Left out.</strong> {System.Net.WebUtility.HtmlEncode(error.Message)}</p>" },
        { "text/plain", $"Left out. {error.Message}" },
    });

    // An update replaces what a display showed, also when an earlier cell had shown it.
    private void ApplyUpdates(NotebookDocument document, NotebookCell current, List<DisplayOutput> updates)
    {
        foreach (var update in updates.Where(update => update.DisplayId is not null))
        {
            foreach (var cell in document.Cells.Where(cell => cell != current && cell.Outputs.Any(output => IsShown(output, update))))
            {
                cell.SetOutputs(cell.ExecutionCount, cell.Outputs.Select(output => IsShown(output, update) ? machinePaths.Hide(update) : output));
            }
        }
    }

    private static bool IsShown(CellOutput output, DisplayOutput update) =>
        output is DisplayOutput display && display.DisplayId == update.DisplayId;
}
