using System.Globalization;
using Spectre.Console;
using Workshop.Lessons;

namespace Workshop.Running;

/// <summary>
/// Tells a person how a run goes: on a terminal with a line that moves and colours, elsewhere with a plain line for
/// every cell. Errors appear when they happen, in both.
/// </summary>
internal sealed class ConsoleReporter(IAnsiConsole console, bool isLive) : IRunReporter
{
    private readonly Lock _lock = new();
    private ProgressContext? _progress;
    private ProgressTask? _task;
    private NotebookFile? _file;
    private int _codeCells;

    /// <summary>Runs the work under the moving line, where there is one.</summary>
    public async Task<T> WatchAsync<T>(Func<Task<T>> work)
    {
        if (!isLive) return await work();
        var progress = console.Progress().AutoClear(true).HideCompleted(true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 24 }, new ElapsedTimeColumn());
        // Four times a second: seen as moving, and next to nothing beside what the notebooks measure.
        progress.RefreshRate = TimeSpan.FromMilliseconds(250);
        return await progress.StartAsync(async context =>
        {
            _progress = context;
            return await work();
        });
    }

    /// <inheritdoc/>
    public void NotebookStarted(NotebookFile file, int codeCells)
    {
        lock (_lock)
        {
            (_file, _codeCells) = (file, codeCells);
            _task = _progress?.AddTask(Markup.Escape(file.Name), maxValue: Math.Max(1, codeCells));
        }

        if (!isLive) console.WriteLine($"{file.Name}: {Count(codeCells, "cell")}");
    }

    /// <inheritdoc/>
    public void CellStarted(NotebookCell cell, int number)
    {
        lock (_lock)
        {
            if (_task is not null && _file is not null)
                _task.Description = Markup.Escape($"{_file.Name}  {number}/{_codeCells}  {cell.Id}");
        }
    }

    /// <inheritdoc/>
    public void CellEnded(NotebookFile file, CellRun cell)
    {
        lock (_lock) _task?.Increment(1);
        if (!isLive)
        {
            var word = cell.Outcome switch
            {
                CellOutcome.Ok => "ok",
                CellOutcome.ExpectedError => "ok, with the expected error",
                CellOutcome.LeftOut => "left out",
                CellOutcome.Interrupted => "interrupted",
                _ => "FAILED",
            };
            console.WriteLine($"  {cell.Number,2}/{_codeCells}  {Seconds(cell.Duration),6} s  {cell.Cell.Id}: {word}");
        }

        if (cell.IsFailure) CellError(file, cell);
        else if (cell.Outcome == CellOutcome.LeftOut) Note($"{file.Name}, cell '{cell.Cell.Id}', was left out: {cell.Error!.Message}");
    }

    /// <inheritdoc/>
    public void NotebookEnded(NotebookRun run)
    {
        lock (_lock)
        {
            if (_task is not null) _task.Value = _task.MaxValue;
            _task = null;
        }

        if (run.Problem is { } problem) Error(problem.Contains(run.File.DisplayPath, StringComparison.Ordinal) ? $"✘ {problem}" : $"✘ {run.File.DisplayPath}: {problem}");
        if (run.Failure is not null && run.NotRun > 0)
            Error($"  The {Count(run.NotRun, "cell")} after it {(run.NotRun == 1 ? "was" : "were")} not run.");
        if (isLive && run.IsOk)
            console.MarkupLine($"[green]✔[/] {Markup.Escape(run.File.Name)}  [grey]{Count(run.CodeCells, "cell")}, {Seconds(run.Duration)} s[/]");
    }

    /// <inheritdoc/>
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
            lines.AddRange(error.Traceback.Select(frame => $"    {Handouts.AnsiText.Strip(frame).TrimEnd().ReplaceLineEndings("\n    ")}"));
        }

        // In one piece, so that the moving line does not come in between.
        Error(string.Join('\n', lines));
    }

    private void Error(string text) => console.Write(new Text(text + "\n", new Style(Color.Red)));
}
