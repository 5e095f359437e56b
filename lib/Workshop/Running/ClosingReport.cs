using Claim = ConcurrencyNotebooks.Claim;
using Verdict = ConcurrencyNotebooks.Verdict;

namespace Workshop.Running;

/// <summary>What a run says at its end: the claims, a line for each notebook, and where the time went.</summary>
internal sealed class ClosingReport(RunConsole console)
{
    /// <summary>Writes it; nothing where nothing ran.</summary>
    public void Write(IReadOnlyList<NotebookRun> runs, TimeSpan total)
    {
        if (runs.Count == 0) return;
        foreach (var run in runs.Where(run => run.Claims.Any()))
        {
            console.WriteLine();
            console.WriteLine(console.Paint(RunConsole.Bold, RunConsole.Printable(run.File.Name)));

            // As the notebook shows it, with its sign in colour.
            foreach (var claim in run.Claims) console.WriteLine($"  {Mark(claim.Verdict)} {RunConsole.Printable(claim.ToString()[2..])}");
        }

        // The names come last: how wide they are only the terminal knows.
        console.WriteLine();
        var cells = runs.Select(Cells).ToList();
        var width = cells.Max(text => text.Length);
        console.WriteLine($"   {"Seconds",8}  {"Cells".PadRight(width)}  Notebook");
        foreach (var (run, text) in runs.Zip(cells))
        {
            var mark = run.IsOk ? console.Paint(RunConsole.Green, "✔") : console.Paint(RunConsole.Red, "✘");
            var seconds = ConsoleReporter.Seconds(run.Duration);
            console.WriteLine($" {mark} {seconds,8}  {text.PadRight(width)}  {RunConsole.Printable(run.File.Name)}  {Verdicts(run.Claims)}".TrimEnd());
        }

        console.WriteLine();
        var own = runs.SelectMany(run => run.Cells).Sum(cell => cell.Duration.TotalSeconds);
        var percent = total > TimeSpan.Zero ? Math.Round(100 * own / total.TotalSeconds) : 0;
        console.WriteLine(
            $"{ConsoleReporter.Seconds(total)} s in all, of which the notebooks' cells (compiling, waiting, computing) took {percent} %.");
    }

    private static string Cells(NotebookRun run)
    {
        var leftOut = run.Cells.Count(cell => cell.Outcome == CellOutcome.LeftOut);
        var note = leftOut > 0 ? $", {leftOut} left out" : "";
        return run.IsOk || run.IsUnreadable ? $"{run.CodeCells}{note}" : $"{run.Succeeded} of {run.CodeCells}{note}";
    }

    private string Verdicts(IEnumerable<Claim> claims) => string.Join(
        "  ", claims.CountBy(claim => claim.Verdict).OrderBy(count => count.Key).Select(count => $"{Mark(count.Key)} {count.Value}"));

    private string Mark(Verdict verdict) => verdict switch
    {
        Verdict.Holds => console.Paint(RunConsole.Green, "✔"),
        Verdict.Fails => console.Paint(RunConsole.Red, "✘"),
        _ => console.Paint(RunConsole.Grey, "–"),
    };
}
