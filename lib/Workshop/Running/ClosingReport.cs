using Spectre.Console;
using Claim = ConcurrencyNotebooks.Claim;
using Verdict = ConcurrencyNotebooks.Verdict;

namespace Workshop.Running;

/// <summary>What a run says at its end: a line for each notebook, the claims, and where the time went.</summary>
internal sealed class ClosingReport(IAnsiConsole console)
{
    /// <summary>Writes it; nothing where nothing ran.</summary>
    public void Write(IReadOnlyList<NotebookRun> runs, TimeSpan total)
    {
        if (runs.Count == 0) return;
        WriteClaims(runs);
        WriteNotebooks(runs);
        var own = runs.SelectMany(run => run.Cells).Sum(cell => cell.Duration.TotalSeconds);
        var percent = total > TimeSpan.Zero ? Math.Round(100 * own / total.TotalSeconds) : 0;
        console.WriteLine(
            $"{ConsoleReporter.Seconds(total)} s in all, of which the notebooks' cells (compiling, waiting, computing) took {percent} %.");
    }

    private void WriteNotebooks(IReadOnlyList<NotebookRun> runs)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("", "Notebook", "Cells", "Seconds", "Claims");
        table.Columns[2].RightAligned();
        table.Columns[3].RightAligned();
        foreach (var run in runs)
        {
            table.AddRow(
                run.IsOk ? "[green]✔[/]" : "[red]✘[/]",
                Markup.Escape(run.File.Name),
                Cells(run),
                ConsoleReporter.Seconds(run.Duration),
                Verdicts(run.Claims));
        }

        console.Write(table);
    }

    private static string Cells(NotebookRun run)
    {
        var leftOut = run.Cells.Count(cell => cell.Outcome == CellOutcome.LeftOut);
        var note = leftOut > 0 ? $", {leftOut} left out" : "";
        return run.IsOk || run.IsUnreadable ? $"{run.CodeCells}{note}" : $"[red]{run.Succeeded} of {run.CodeCells}{note}[/]";
    }

    private void WriteClaims(IReadOnlyList<NotebookRun> runs)
    {
        foreach (var run in runs.Where(run => run.Claims.Any()))
        {
            console.WriteLine();
            console.MarkupLine($"[bold]{Markup.Escape(run.File.Name)}[/]");
            foreach (var claim in run.Claims)
            {
                // As the notebook shows it, with its sign in colour.
                console.MarkupLine($"  {Mark(claim.Verdict)} {Markup.Escape(claim.ToString()[2..])}");
            }
        }

        console.WriteLine();
    }

    private static string Verdicts(IEnumerable<Claim> claims)
    {
        var counts = claims.CountBy(claim => claim.Verdict).OrderBy(count => count.Key);
        return string.Join("  ", counts.Select(count => $"{Mark(count.Key)} {count.Value}"));
    }

    private static string Mark(Verdict verdict) => verdict switch
    {
        Verdict.Holds => "[green]✔[/]",
        Verdict.Fails => "[red]✘[/]",
        _ => "[grey]–[/]",
    };
}
