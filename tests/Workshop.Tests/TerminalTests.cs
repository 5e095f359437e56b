using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NotebookHost;
using Workshop.Lessons;
using Workshop.Running;

namespace Workshop.Tests;

/// <summary>Whatever the terminal and the names, a run is told to its end, and nothing but the program moves the cursor.</summary>
public sealed partial class TerminalTests : IDisposable
{
    // For a hang: each report takes milliseconds.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Workspace _workspace = new();

    public static TheoryData<string> Names =>
    [
        "plain",
        string.Concat(Enumerable.Repeat("日本語の長い名前", 12)),
        string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦", 20)),
        string.Concat(Enumerable.Repeat("e\u0301\u0327", 60)),
        string.Concat(Enumerable.Repeat("long name with words ", 12)),
        "[red]markup[/] [not closed",
        "مرحبا \u202Eبالعالم",
        "escapes \u001b[2J\u001b[31m and bells \u0007\r\b",
    ];

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_run_is_told_in_a_terminal_of_any_width(string name)
    {
        foreach (var width in Enumerable.Range(0, 201).Append(500))
        {
            var told = await TellAsync(name, () => width, isLive: true);

            told.Should().Contain("s in all").And.NotContain("\u0007").And.NotContain("\b").And.NotContain("\u001b[2J");
            foreach (Match moving in MovingLine().Matches(told)) Columns(moving.Groups[1].Value).Should().BeLessThan(Math.Max(1, width));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_run_is_told_in_a_terminal_that_is_resized_meanwhile_and_without_one_in_plain_lines(string name)
    {
        var random = new Random(1);

        for (var run = 0; run < 50; run++) await TellAsync(name, () => random.Next(-1, 120), isLive: true);
        var plain = await TellAsync(name, () => 0, isLive: false);

        plain.Should().Contain("left out").And.Contain("s in all").And.NotContain("\u001b").And.NotContain("\r");
    }

    [Fact]
    public async Task A_terminal_that_is_gone_ends_nothing_that_still_works()
    {
        var console = new RunConsole(new StreamWriter(new FileStream("/dev/full", FileMode.Open, FileAccess.Write)), true, () => 80);
        var isDone = false;

        await console.WatchAsync(() => "working", async () =>
        {
            console.Refresh();
            await Task.Yield();
            isDone = true;
        });

        isDone.Should().BeTrue();
    }

    [Theory]
    [InlineData("xterm-256color", true)]
    [InlineData("dumb", false)]
    public async Task In_a_real_terminal_the_cursor_moves_unless_it_cannot(string kind, bool moves)
    {
        const string Script = "/usr/bin/script"; // Gives a program a terminal, and writes down what comes there.
        Assert.SkipUnless(File.Exists(Script), $"{Script} is not there.");
        _workspace.WriteNotebook("a.ipynb", NotebookCellText.Code("one", "1"));
        _workspace.Environment["TERM"] = kind;
        _workspace.Environment["SHELL"] = "/bin/bash";
        _workspace.Launcher = ["bash", "-c", $"{Script} -qec \"$(printf '%q ' \"$@\")\" /dev/null", "bash"];

        var run = await ProgramRun.OfAsync(_workspace, "run", "a.ipynb");

        run.ExitCode.Should().Be(0);
        run.Output.Should().Contain("s in all");
        run.Output.Contains('\u001b', StringComparison.Ordinal).Should().Be(moves);
    }

    [Fact]
    public async Task Of_a_progress_line_the_last_state_is_shown_beside_the_cell()
    {
        using var writer = new StringWriter();
        var report = new RunReport(new RunConsole(writer, isLive: true, () => 80));
        var document = NotebookDocument.Load(_workspace.WriteNotebook("a.ipynb", NotebookCellText.Code("race", "1")));
        string[] printed = ["start\n", "\rround 1 …\rround 12", " …", "\u001b[2J\r\u001b[K", "done\n"];
        var shown = new List<string>();

        await report.WatchAsync(() =>
        {
            report.NotebookStarted(new NotebookFile("a.ipynb"), 1);
            report.CellStarted(document.Cells[0], 1);
            foreach (var text in printed)
            {
                report.CellPrinted(CellOutput.Stream(CellOutput.Stdout, text));
                shown.Add(MovingLine().Matches(writer.ToString()).Last().Groups[1].Value.Split(" s  ")[^1]);
            }

            return Task.CompletedTask;
        });

        shown.Should().Equal("", "round 12…", "round 12 …", "", "");
    }

    private async Task<string> TellAsync(string name, Func<int> width, bool isLive)
    {
        var document = NotebookDocument.Load(_workspace.WriteNotebook("a.ipynb", NotebookCellText.Code(name, "1")));
        var file = new NotebookFile(name + ".ipynb");
        var cell = document.Cells[0];
        var claim = new JsonArray(new JsonObject
        {
            ["statement"] = name,
            ["measured"] = "1×",
            ["bound"] = "at least 2",
            ["verdict"] = "fails",
            ["reason"] = "",
        });
        cell.SetOutputs(1, [CellOutput.Display([("application/vnd.concurrency-claim+json", claim.ToJsonString())])]);
        var error = new CellError(name, $"{name}\n{name}", 1, [name]);
        using var writer = new StringWriter();
        var console = new RunConsole(writer, isLive, width);
        var reporter = new RunReport(console);
        var told = Task.Run(async () =>
        {
            var run = new NotebookRun(file, 2);
            await reporter.WatchAsync(() =>
            {
                reporter.NotebookStarted(file, 2);
                foreach (var outcome in new[] { CellOutcome.LeftOut, CellOutcome.Failed })
                {
                    reporter.CellStarted(cell, 1);
                    var ran = new CellRun(cell, 1, outcome, TimeSpan.FromSeconds(1), error, 1);
                    reporter.CellEnded(file, ran);
                    run = run with { Cells = [.. run.Cells, ran] };
                }

                reporter.NotebookEnded(run);
                return Task.CompletedTask;
            });
            reporter.Close([run], TimeSpan.FromSeconds(2));
        });

        await told.WaitAsync(Patience);
        return writer.ToString();
    }

    // As wide as a terminal may show it.
    private static int Columns(string text) => text.EnumerateRunes().Sum(rune => rune.IsAscii ? 1 : 2);

    [GeneratedRegex(@"\r\x1b\[2K([^\r\n\x1b]*)(?=\r|\z)")]
    private static partial Regex MovingLine();
}
