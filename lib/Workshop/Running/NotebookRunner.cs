using System.Net;
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
        await using var state = new NotebookState();
        try
        {
            await ContinueAsync(file, document, state, (_, _) => true, cancellationToken);
        }
        catch (NotebookProcessException exception)
        {
            run = run with { Problem = exception.Message };
        }

        run = run with { Cells = [.. state.Cells], Duration = watch.Elapsed };
        report.NotebookEnded(run);
        return run;
    }

    /// <summary>
    /// Runs the cells behind those that ran already, with which the document begins, in their process. Each cell that ends is added to the
    /// state, of which the caller disposes. A cell that <c>goesOn</c> refuses, and all behind it, are not run.
    /// </summary>
    /// <exception cref="NotebookProcessException">The notebook's process did not start.</exception>
    public async Task ContinueAsync(
        NotebookFile file,
        NotebookDocument document,
        NotebookState state,
        Func<NotebookCell, int, bool> goesOn,
        CancellationToken cancellationToken)
    {
        var cells = state.Cells;
        var machine = cells.SelectMany(ran => ran.Cell.Claims).Select(claim => claim.Machine).LastOrDefault(name => name.Length > 0);
        foreach (var (index, cell) in document.Cells.Index()
            .Where(cell => cell.Item is { IsCode: true, IsInstructor: false }).Skip(cells.Count))
        {
            var number = cells.Count + 1;
            if (!goesOn(cell, number)) break;
            if (state.Process is not { IsAlive: true }) await StartAsync(state, file, cancellationToken);
            report.CellStarted(cell, number);
            var result = await RunCellAsync(state.Process!, cell, number, cancellationToken);

            var outcome = Judge(cell, result.Error);
            var error = result.Error ?? (outcome == CellOutcome.Failed ? MissingError() : null);
            var outputs = outcome == CellOutcome.LeftOut ? [LeftOut(error!)] : result.Outputs;
            cell.SetOutputs(number, outputs.Select(output => Settle(output, ref machine)).OfType<CellOutput>());

            var ran = new CellRun(cell, number, outcome, result.Duration, error, document.FindLine(index, error?.Line ?? 1));
            cells.Add(ran);
            report.CellEnded(file, ran);
            if (ran.EndsNotebook) break;
        }
    }

    private async Task<CellResult> RunCellAsync(
        INotebookSession process, NotebookCell cell, int number, CancellationToken cancellationToken)
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
    private async Task StartAsync(NotebookState state, NotebookFile file, CancellationToken cancellationToken)
    {
        if (state.Process is { } ended)
        {
            state.Process = null;
            await ended.DisposeAsync();
            report.Note($"{file.Name}: the cell ended its process; the cells before it are run again.");
        }

        var process = await start(file, cancellationToken);
        try
        {
            foreach (var ran in state.Cells.Where(ran => ran.Outcome != CellOutcome.LeftOut))
                await RunCellAsync(process, ran.Cell, ran.Number, cancellationToken);
            state.Process = process;
        }
        finally
        {
            // A process that has not got as far as the cells say is of no use.
            if (state.Process is null) await process.DisposeAsync();
        }
    }

    // What is kept of an output: nothing of this machine, of a chart its picture, of the data for our own programs a text on one line,
    // and of text what a terminal would show in the end.
    private CellOutput? Settle(CellOutput output, ref string? machine)
    {
        if (output.Type != CellOutput.StreamType)
        {
            var claims = NameMachineOnce(output, ref machine);
            return output.Map(
                (form, text) => ChartHtml.WithoutFigures(machinePaths.Hide(form == Claim.MimeType ? claims ?? text : text)),
                ChartSpec.MimeType,
                Claim.MimeType);
        }

        var text = TerminalScreen.Settle(output.Text);
        return text.Length > 0 ? CellOutput.Stream(output.StreamName, machinePaths.Hide(text)) : null;
    }

    // A claim names its machine where that is another than the one before. Null where there is nothing to be changed.
    private static string? NameMachineOnce(CellOutput output, ref string? machine)
    {
        var (claims, unread) = ClaimReader.Read(output.Json["data"]);
        if (claims.Count == 0 || unread > 0) return null;
        var named = new List<Claim>();
        foreach (var claim in claims)
        {
            named.Add(claim.Machine == machine ? claim with { Machine = "" } : claim);
            machine = claim.Machine;
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
