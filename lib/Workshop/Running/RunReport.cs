namespace Workshop.Running;

/// <summary>
/// Tells a person how a run goes, and at its end what it showed: on a terminal with a line that moves and colours, elsewhere
/// with a plain line for every cell. Errors appear when they happen, in both.
/// </summary>
internal sealed class RunReport(RunConsole console)
{
    /// <summary>How much of a line that a cell is still printing is looked at; more than any terminal shows of it.</summary>
    private const int LineLength = 2000;

    private DateTime _cellStarted;
    private string _notebook = "", _cell = "", _printed = "", _progress = "";
    private int _codeCells;

    /// <summary>Runs the work above the moving line, where there is one.</summary>
    public Task WatchAsync(Func<Task> work) =>
        console.WatchAsync(() => $"{_notebook}  {_cell}  {Seconds(DateTime.UtcNow - _cellStarted).Split('.')[0]} s  {_progress}", work);

    public void NotebookStarted(NotebookFile file, int codeCells)
    {
        (_notebook, _codeCells) = (RunConsole.Printable(file.Name), codeCells);
        if (!console.IsLive) console.WriteLine($"{_notebook}: {Count(codeCells, "cell")}");
        Show("starts");
    }

    public void CellStarted(NotebookCell cell, int number) => Show($"{number}/{_codeCells}  {RunConsole.Printable(cell.Id)}");

    /// <summary>A cell printed something: of a line that it writes again and again, the moving line has the last state.</summary>
    public void CellPrinted(CellOutput output)
    {
        if (!console.IsLive || output.Type != CellOutput.StreamType) return;
        _printed = (_printed + output.Text).Split('\n')[^1];
        if (_printed.Length > LineLength) _printed = _printed[^LineLength..];
        var state = _printed.Contains('\r', StringComparison.Ordinal) ? RunConsole.Printable(TerminalScreen.Settle(_printed)) : "";
        if (state == _progress) return;
        _progress = state;
        console.Refresh();
    }

    public void CellEnded(NotebookFile file, CellRun cell)
    {
        var id = RunConsole.Printable(cell.Cell.Id);
        var word = cell.Outcome switch
        {
            CellOutcome.Ok => "ok",
            CellOutcome.ExpectedError => "ok, with the expected error",
            CellOutcome.LeftOut => "left out",
            _ => "FAILED",
        };
        if (!console.IsLive) console.WriteLine($"  {cell.Number,2}/{_codeCells}  {Seconds(cell.Duration),6} s  {id}: {word}");
        if (cell.Outcome == CellOutcome.Failed) CellError(file, cell);
        if (cell.Outcome == CellOutcome.LeftOut) Note($"{_notebook}, cell '{id}', was left out: {cell.Error!.Message}");
    }

    public void NotebookEnded(NotebookRun run)
    {
        var (path, notRun) = (run.File.DisplayPath, run.CodeCells - run.Cells.Count);
        var isNamed = run.Problem?.StartsWith(path, StringComparison.Ordinal) == true;
        if (run.Problem is { } problem) Error(isNamed ? $"✘ {problem}" : $"✘ {path}: {problem}");
        else if (notRun > 0) Error($"  The {Count(notRun, "cell")} after it {(notRun == 1 ? "was" : "were")} not run.");
        if (!console.IsLive || !run.IsOk) return;
        var facts = $"{Count(run.CodeCells, "cell")}, {Seconds(run.Duration)} s";
        console.WriteLine($"{console.Paint(RunConsole.Green, "✔")} {_notebook}  {console.Paint(RunConsole.Grey, facts)}");
    }

    /// <summary>Something to know that is no error.</summary>
    public void Note(string text) => console.WriteLine(console.Paint(RunConsole.Yellow, RunConsole.Printable(text)));

    /// <summary>The end of a run: the claims, a line for each notebook, and where the time went; nothing where nothing ran.</summary>
    public void Close(IReadOnlyList<NotebookRun> runs, TimeSpan total)
    {
        if (runs.Count == 0) return;
        foreach (var run in runs.Where(run => run.Claims.Any()))
        {
            // As the notebook shows it, with its sign in colour.
            console.WriteLine($"\n{console.Paint(RunConsole.Bold, RunConsole.Printable(run.File.Name))}");
            foreach (var claim in run.Claims) console.WriteLine($"  {Mark(claim.Verdict)} {RunConsole.Printable(claim.ToString()[2..])}");
        }

        // The names come last: how wide they are only the terminal knows.
        var cells = runs.Select(Cells).ToList();
        var width = cells.Max(text => text.Length);
        console.WriteLine($"\n   {"Seconds",8}  {"Cells".PadRight(width)}  Notebook");
        foreach (var (run, text) in runs.Zip(cells))
        {
            var mark = Mark(run.IsOk ? Verdict.Holds : Verdict.Fails);
            var verdicts = run.Claims.CountBy(claim => claim.Verdict).OrderBy(count => count.Key)
                .Select(count => $"  {Mark(count.Key)} {count.Value}");
            var name = RunConsole.Printable(run.File.Name);
            console.WriteLine($" {mark} {Seconds(run.Duration),8}  {text.PadRight(width)}  {name}{string.Concat(verdicts)}");
        }

        var own = runs.SelectMany(run => run.Cells).Sum(cell => cell.Duration.TotalSeconds);
        var percent = total > TimeSpan.Zero ? Math.Round(100 * own / total.TotalSeconds) : 0;
        console.WriteLine(
            $"\n{Seconds(total)} s in all, of which the notebooks' cells (compiling, waiting, computing) took {percent} %.");
    }

    public static string Count(int number, string thing) => number == 1 ? $"1 {thing}" : $"{number} {thing}s";

    private static string Seconds(TimeSpan duration) => duration.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Cells(NotebookRun run)
    {
        var leftOut = run.Cells.Count(cell => cell.Outcome == CellOutcome.LeftOut);
        var note = leftOut > 0 ? $", {leftOut} left out" : "";
        return run.IsOk || run.IsUnreadable ? $"{run.CodeCells}{note}" : $"{run.Succeeded} of {run.CodeCells}{note}";
    }

    private void Show(string cell)
    {
        (_cell, _cellStarted, _printed, _progress) = (cell, DateTime.UtcNow, "", "");
        console.Refresh();
    }

    private string Mark(Verdict verdict) => verdict switch
    {
        Verdict.Holds => console.Paint(RunConsole.Green, "✔"),
        Verdict.Fails => console.Paint(RunConsole.Red, "✘"),
        _ => console.Paint(RunConsole.Grey, "–"),
    };

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
