using Workshop.Handouts;
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
    private string? _problem;

    // A save that waits for the end of a cell which it does not change.
    private volatile NotebookDocument? _waiting;

    /// <summary>Watches until cancellation is asked for, and leaves nothing running then.</summary>
    /// <exception cref="OperationCanceledException">That is its only end.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
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
                    var (document, problem) = await next;
                    Take(document, problem);
                    next = saves.NextAsync(cancellationToken);
                    if (_waiting is not null && !running.IsCompleted && Changed()) await stop.CancelAsync();
                }

                if (!running.IsCompleted) continue;
                await running;
                if (_waiting is not { } newest) continue;
                stop.Dispose();
                stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                _waiting = null;
                running = RunAsync(newest, stop.Token);
            }
        }
        finally
        {
            // The cell that runs must have ended before its process does.
            await stop.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            stop.Dispose();
        }
    }

    private void Take(NotebookDocument? document, string? problem)
    {
        if (document is null && problem == _problem) return;
        if (problem is not null) report.Note(problem);
        server.Complain(_problem = problem);
        _waiting = document ?? _waiting;
        if (!Directory.Exists(file.Directory)) _loaded = ["the folder was moved, and the process with it"];
    }

    // Whether the waiting save changes the cell that runs, or one before it.
    private bool Changed() =>
        Changes.CountSame(_document!.CodeCells, _waiting!.CodeCells) <= runner.Cells.Count
        || !_loaded.SequenceEqual(Changes.Loaded(_waiting, file.Directory));

    private async Task RunAsync(NotebookDocument document, CancellationToken cancellationToken)
    {
        var earlier = _document;
        _document = document;
        await KeepAsync(document, earlier);
        var cells = document.CodeCells.Count();

        // Only for what is read, or seen for the first time: a browser that draws would disturb what the cells measure.
        if (runner.Cells.Count < cells && (earlier is null || Text(earlier) != Text(document))) Show(new NotebookRun(file, cells));
        try
        {
            NotebookRun? run = null;
            await report.WatchAsync(async () => run = await runner.RunAsync(document, GoesOn, cancellationToken));
            if (run is null || _waiting is not null) return;
            Show(run);
            server.Say(Describe(run));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // A newer save, or the end; both are seen by who waits for this.
        }

        bool GoesOn(NotebookCell cell)
        {
            if (_waiting is not null) return false;
            server.Say($"Running cell {runner.Cells.Count + 1} of {cells}: {cell.Id}");
            return true;
        }
    }

    // Keeps what the first cells made, and on the page of the others what they showed, so that the page does not jump.
    private async Task KeepAsync(NotebookDocument document, NotebookDocument? earlier)
    {
        var (ran, loaded) = (runner.Cells, Changes.Loaded(document, file.Directory));
        var same = Changes.CountSame(ran.TakeWhile(cell => !cell.EndsNotebook).Select(cell => cell.Cell), document.CodeCells);
        if (!loaded.SequenceEqual(_loaded)) same = 0;
        if (same == 0) await runner.DisposeAsync();
        _loaded = loaded;
        ran.RemoveRange(same, ran.Count - same);
        foreach (var (index, cell) in document.CodeCells.Index())
        {
            if (index < same)
            {
                cell.SetOutputs(ran[index].Number, ran[index].Cell.Outputs);
                ran[index] = ran[index] with { Cell = cell };
            }
            else if (earlier is not null)
            {
                cell.SetOutputs(null, earlier.CodeCells.FirstOrDefault(old => old.Id == cell.Id)?.Outputs ?? []);
            }
        }
    }

    private void Show(NotebookRun run)
    {
        var hasRun = run.Cells.Count > 0;
        var source = new HandoutSource(file, _document!)
        {
            RanAt = hasRun ? run.StartedAt : null,
            Duration = run.Duration,
            Stopped = hasRun && !run.IsOk,
        };
        server.Show(new HandoutPage(source, _pages).Content);
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
