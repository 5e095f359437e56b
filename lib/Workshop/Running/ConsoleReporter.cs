using System.Globalization;
using Workshop.Lessons;

namespace Workshop.Running;

/// <summary>
/// Tells a person how a run goes: on a terminal with a line that moves and colours, elsewhere with a plain line for
/// every cell. Errors appear when they happen, in both.
/// </summary>
internal sealed class ConsoleReporter(RunConsole console)
{
    private DateTime _cellStarted;
    private string _notebook = "";
    private string _cell = "";
    private int _codeCells;

    /// <summary>Runs the work above the moving line, where there is one.</summary>
    public Task WatchAsync(Func<Task> work) =>
        console.WatchAsync(() => $"{_notebook}  {_cell}  {Seconds(DateTime.UtcNow - _cellStarted).Split('.')[0]} s", work);

    /// <summary>A notebook's process is being started.</summary>
    public void NotebookStarted(NotebookFile file, int codeCells)
    {
        (_notebook, _codeCells, _cell, _cellStarted) = (RunConsole.Printable(file.Name), codeCells, "starts", DateTime.UtcNow);
        if (console.IsLive) console.Refresh();
        else console.WriteLine($"{_notebook}: {Count(codeCells, "cell")}");
    }

    /// <summary>A cell was handed over.</summary>
    public void CellStarted(NotebookCell cell, int number)
    {
        (_cell, _cellStarted) = ($"{number}/{_codeCells}  {RunConsole.Printable(cell.Id)}", DateTime.UtcNow);
        console.Refresh();
    }

    /// <summary>A cell ended, well or not.</summary>
    public void CellEnded(NotebookFile file, CellRun cell)
    {
        if (!console.IsLive)
        {
            var word = cell.Outcome switch
            {
                CellOutcome.Ok => "ok",
                CellOutcome.ExpectedError => "ok, with the expected error",
                CellOutcome.LeftOut => "left out",
                _ => "FAILED",
            };
            var id = RunConsole.Printable(cell.Cell.Id);
            console.WriteLine($"  {cell.Number,2}/{_codeCells}  {Seconds(cell.Duration),6} s  {id}: {word}");
        }

        if (cell.Outcome == CellOutcome.Failed) CellError(file, cell);
        if (cell.Outcome == CellOutcome.LeftOut) Note($"{_notebook}, cell '{cell.Cell.Id}', was left out: {cell.Error!.Message}");
    }

    /// <summary>A notebook ended, well or not.</summary>
    public void NotebookEnded(NotebookRun run)
    {
        var path = run.File.DisplayPath;
        if (run.Problem is { } problem) Error(problem.StartsWith(path, StringComparison.Ordinal) ? $"✘ {problem}" : $"✘ {path}: {problem}");
        else if (run.NotRun > 0) Error($"  The {Count(run.NotRun, "cell")} after it {(run.NotRun == 1 ? "was" : "were")} not run.");
        if (!console.IsLive || !run.IsOk) return;
        var facts = $"{Count(run.CodeCells, "cell")}, {Seconds(run.Duration)} s";
        console.WriteLine($"{console.Paint(RunConsole.Green, "✔")} {_notebook}  {console.Paint(RunConsole.Grey, facts)}");
    }

    /// <summary>Something to know that is no error.</summary>
    public void Note(string text) => console.WriteLine(console.Paint(RunConsole.Yellow, RunConsole.Printable(text)));

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

        Error(string.Join('\n', lines));
    }

    private void Error(string text) => console.WriteLine(console.Paint(RunConsole.Red, RunConsole.Printable(text)));
}
