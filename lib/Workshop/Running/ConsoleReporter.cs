using System.Globalization;
using Spectre.Console;
using Workshop.Lessons;

namespace Workshop.Running;

/// <summary>
/// Tells a person how a run goes: on a terminal with a line that moves and colours, elsewhere with a plain line for
/// every cell. Errors appear when they happen, in both.
/// </summary>
internal sealed class ConsoleReporter(IAnsiConsole console, bool isLive)
{
    private ProgressContext? _progress;
    private ProgressTask? _task;
    private string _notebook = "";
    private int _codeCells;

    /// <summary>Runs the work under the moving line, where there is one.</summary>
    public async Task WatchAsync(Func<Task> work)
    {
        if (!isLive)
        {
            await work();
            return;
        }

        var progress = console.Progress().AutoClear(true).HideCompleted(true).Columns(
            new SpinnerColumn(),
            new TaskDescriptionColumn { Alignment = Justify.Left },
            new ProgressBarColumn { Width = 24 },
            new ElapsedTimeColumn());

        // Four times a second: seen as moving, and next to nothing beside what the notebooks measure.
        progress.RefreshRate = TimeSpan.FromMilliseconds(250);
        await progress.StartAsync(context =>
        {
            _progress = context;
            return work();
        });
    }

    /// <summary>A notebook's process is being started.</summary>
    public void NotebookStarted(NotebookFile file, int codeCells)
    {
        (_notebook, _codeCells) = (file.Name, codeCells);
        _task = _progress?.AddTask(Markup.Escape(_notebook), maxValue: Math.Max(1, codeCells));
        if (!isLive) console.WriteLine($"{_notebook}: {Count(codeCells, "cell")}");
    }

    /// <summary>A cell was handed over.</summary>
    public void CellStarted(NotebookCell cell, int number) =>
        _task?.Description = Markup.Escape($"{_notebook}  {number}/{_codeCells}  {cell.Id}");

    /// <summary>A cell ended, well or not.</summary>
    public void CellEnded(NotebookFile file, CellRun cell)
    {
        _task?.Increment(1);
        if (!isLive)
        {
            var word = cell.Outcome switch
            {
                CellOutcome.Ok => "ok",
                CellOutcome.ExpectedError => "ok, with the expected error",
                CellOutcome.LeftOut => "left out",
                _ => "FAILED",
            };
            console.WriteLine($"  {cell.Number,2}/{_codeCells}  {Seconds(cell.Duration),6} s  {cell.Cell.Id}: {word}");
        }

        if (cell.Outcome == CellOutcome.Failed) CellError(file, cell);
        if (cell.Outcome == CellOutcome.LeftOut) Note($"{_notebook}, cell '{cell.Cell.Id}', was left out: {cell.Error!.Message}");
    }

    /// <summary>A notebook ended, well or not.</summary>
    public void NotebookEnded(NotebookRun run)
    {
        _task?.Value = _task.MaxValue;
        _task = null;
        var path = run.File.DisplayPath;
        if (run.Problem is { } problem) Error(problem.StartsWith(path, StringComparison.Ordinal) ? $"✘ {problem}" : $"✘ {path}: {problem}");
        else if (run.NotRun > 0) Error($"  The {Count(run.NotRun, "cell")} after it {(run.NotRun == 1 ? "was" : "were")} not run.");
        if (isLive && run.IsOk)
        {
            var facts = $"{Count(run.CodeCells, "cell")}, {Seconds(run.Duration)} s";
            console.MarkupLine($"[green]✔[/] {Markup.Escape(run.File.Name)}  [grey]{facts}[/]");
        }
    }

    /// <summary>Something to know that is no error.</summary>
    public void Note(string text) => console.Write(new Text(text + "\n", new Style(Color.Yellow)));

    /// <summary>A duration in seconds, as the tables show it.</summary>
    public static string Seconds(TimeSpan duration) => duration.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>A number of things.</summary>
    public static string Count(int number, string thing) => number == 1 ? $"1 {thing}" : $"{number} {thing}s";

    private void CellError(NotebookFile file, CellRun cell)
    {
        var position = cell.FileLine is { } line ? $"{file.DisplayPath}:{line}" : file.DisplayPath;
        var inCell = cell.Error?.Line is { } cellLine ? $", line {cellLine} of the cell" : "";
        var lines = new List<string> { $"✘ {position}: cell '{cell.Cell.Id}' ({cell.Number} of {_codeCells}){inCell}" };
        if (cell.Error is { } error)
        {
            // The traceback of an exception or of a compile error says all that its message says, with its place.
            var isRepeated = error.Traceback.Any(frame => frame.Contains(error.Message.Split(": ")[^1], StringComparison.Ordinal));
            if (!isRepeated) lines.Add($"  {error.Name}: {error.Message.ReplaceLineEndings("\n  ")}");
            lines.AddRange(error.Traceback.Select(frame => $"    {frame.TrimEnd().ReplaceLineEndings("\n    ")}"));
        }

        // In one piece, so that the moving line does not come in between.
        Error(string.Join('\n', lines));
    }

    private void Error(string text) => console.Write(new Text(text + "\n", new Style(Color.Red)));
}
