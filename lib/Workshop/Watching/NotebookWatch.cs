using Workshop.Handouts;
using Workshop.Isolation;
using Workshop.Running;

namespace Workshop.Watching;

/// <summary>Keeps a page of a notebook that somebody edits: after each save it runs what has changed, and shows the page anew.</summary>
/// <remarks>
/// <code>
///   file ──▶ SavedNotebook ──▶ NotebookWatch ──▶ NotebookRunner ──▶ the notebook's process
///                                   │
///                                   └──▶ PageServer ──▶ browsers
/// </code>
/// The cells before the first changed one keep their state: a cell continues from the declarations of those before it, and what else ran
/// since is forgotten. What cannot be taken back, a loaded library above all, needs a new process. The notebook's file is only read.
/// </remarks>
internal sealed class NotebookWatch(NotebookFile file, NotebookRunner runner, RunReport report, PageServer server, string? repositoryRoot)
{
    private readonly HandoutPages _pages = new([file], repositoryRoot);
    private NotebookDocument? _document;
    private IReadOnlyList<string> _loaded = [];
    private string _line = "";
    private string? _problem;

    // A save that waits for the end of a cell which it does not change.
    private volatile NotebookDocument? _waiting;

    /// <summary>Watches until cancellation is asked for, and leaves nothing running then.</summary>
    /// <exception cref="OperationCanceledException">That is its only end.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var state = new NotebookState();
        var saves = new SavedNotebook(file);
        var (next, running) = (saves.NextAsync(cancellationToken), Task.CompletedTask);
        var stop = new CancellationTokenSource();
        try
        {
            while (true)
            {
                await Task.WhenAny(running.IsCompleted ? [next] : [next, running]);
                if (next.IsCompleted)
                {
                    Take(await next);
                    next = saves.NextAsync(cancellationToken);
                    if (_waiting is not null && !running.IsCompleted && Changed(state.Cells.Count)) await stop.CancelAsync();
                }

                if (!running.IsCompleted) continue;
                await running;
                if (_waiting is not { } document) continue;
                stop.Dispose();
                stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                _waiting = null;
                running = RunAsync(document, state, stop.Token);
            }
        }
        finally
        {
            // The cell that runs must have ended before its process does.
            await stop.CancelAsync();
            await running.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            stop.Dispose();
        }
    }

    private void Take(Save save)
    {
        if (save.Problem is { } problem && problem != _problem) report.Note(problem);
        _problem = save.Problem;
        _waiting = save.Document ?? _waiting;
        if (!Directory.Exists(file.Directory)) _loaded = ["the folder was moved, and the process with it"];
        Say(_line);
    }

    // Whether the waiting save changes the cell that runs, or one before it.
    private bool Changed(int ran) =>
        Changes.CountSame(_document!.CodeCells, _waiting!.CodeCells) <= ran
        || !_loaded.SequenceEqual(Changes.Loaded(_waiting, file.Directory));

    private async Task RunAsync(NotebookDocument document, NotebookState state, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var (earlier, _) = (_document, _document = document);
        await KeepAsync(state, document, earlier);
        var cells = document.CodeCells.Count();
        var run = new NotebookRun(file, cells);

        // Only for what is read, or seen for the first time: a browser that draws would disturb what the cells measure.
        var runs = state.Cells.Count < cells;
        if (runs && (earlier is null || Text(earlier) != Text(document))) Show(run, watch.Elapsed);
        try
        {
            if (runs) report.NotebookStarted(file, cells);
            await report.WatchAsync(() => runner.ContinueAsync(file, document, state, GoesOn, cancellationToken));
            if (_waiting is not null) return;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return; // A newer save, or the end; both are seen by who waits for this.
        }
        catch (NotebookProcessException exception)
        {
            run = run with { Problem = exception.Message };
        }

        foreach (var cell in document.CodeCells.Skip(state.Cells.Count)) cell.SetOutputs(null, []);
        run = run with { Cells = [.. state.Cells], Duration = watch.Elapsed };
        report.NotebookEnded(run);
        Show(run, watch.Elapsed);
        Say(Describe(run));

        bool GoesOn(NotebookCell cell, int number)
        {
            if (_waiting is not null) return false;
            Say($"Running cell {number} of {cells}: {cell.Id}");
            return true;
        }
    }

    // Keeps what the first cells made, and on the page of the others what they showed, so that the page does not jump.
    private async Task KeepAsync(NotebookState state, NotebookDocument document, NotebookDocument? earlier)
    {
        var loaded = Changes.Loaded(document, file.Directory);
        var same = Changes.CountSame(state.Cells.TakeWhile(ran => !ran.EndsNotebook).Select(ran => ran.Cell), document.CodeCells);
        if (same == 0 || !loaded.SequenceEqual(_loaded))
        {
            same = 0;
            await state.DisposeAsync();
        }

        _loaded = loaded;
        state.Cells.RemoveRange(same, state.Cells.Count - same);
        foreach (var (index, cell) in document.CodeCells.Index())
        {
            if (index < same)
            {
                cell.SetOutputs(state.Cells[index].Number, state.Cells[index].Cell.Outputs);
                state.Cells[index] = state.Cells[index] with { Cell = cell };
            }
            else if (earlier is not null)
            {
                cell.SetOutputs(null, earlier.CodeCells.FirstOrDefault(old => old.Id == cell.Id)?.Outputs ?? []);
            }
        }
    }

    private void Show(NotebookRun run, TimeSpan duration)
    {
        var source = new HandoutSource(file, _document!)
        {
            RanAt = run.Cells.Count > 0 ? run.StartedAt : null,
            Duration = duration,
            Stopped = run.Cells.Count > 0 && !run.IsOk,
        };
        server.Show(new HandoutPage(source, _pages).Content);
    }

    private void Say(string line)
    {
        _line = line;
        server.Say(_problem ?? line, _problem is not null);
    }

    private static string Describe(NotebookRun run)
    {
        if (run.Problem is { } problem) return problem;
        var time = string.Create(CultureInfo.InvariantCulture, $"{run.Duration.TotalSeconds:0.0} s");
        return run.Cells.FirstOrDefault(cell => cell.EndsNotebook) is { } failed
            ? $"✘ Cell {failed.Number} of {run.CodeCells} failed: {failed.Cell.Id} ({time})"
            : $"✔ {RunReport.Count(run.CodeCells, "cell")}, {time}";
    }

    private static string Text(NotebookDocument document) =>
        string.Join('\0', document.Cells.Where(cell => cell.IsMarkdown).Select(cell => cell.Source));
}
