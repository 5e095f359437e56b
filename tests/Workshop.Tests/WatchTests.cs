using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Workshop.Tests;

/// <summary>The verb <c>watch</c>: what runs after a save, what the page shows, and what is left at the end.</summary>
public sealed class WatchTests : IDisposable
{
    private const string TellsItsProcess = "System.IO.File.WriteAllText(\"pid.tmp\", $\"{Environment.ProcessId}\"); "
        + "System.IO.File.Move(\"pid.tmp\", \"pid.txt\", true);";

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Of_fifty_quick_saves_with_a_broken_one_the_last_arrives_in_a_browser_that_stays_where_it_was()
    {
        await using var browser = await TestBrowser.StartAsync();
        Save(0);

        var run = await RunningWatch.OfAsync(_workspace, "lesson.ipynb", async watch =>
        {
            await watch.LineAsync("✔ 2 cells");
            var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 900, Height = 600 } });
            var complaints = new List<string>();
            page.PageError += (_, error) => complaints.Add(error);
            page.Console += (_, message) => complaints.Add(message.Text);
            await page.GotoAsync(watch.Address.AbsoluteUri);
            var frame = page.FrameLocator("#page");
            await frame.GetByText("number 0 computed").WaitForAsync();
            await BecomesAsync("document.title", "lesson – Concurrency Notebooks");
            await page.EvaluateAsync("document.getElementById('page').contentWindow.scrollTo(0, 700)");
            for (var number = 1; number <= 50; number++)
            {
                Save(number);
                if (number == 25)
                {
                    _workspace.Write("lesson.ipynb", "{ \"cells\": [");
                    await page.GetByText("the JSON ends too early").WaitForAsync();
                    (await frame.GetByText(new Regex("number \\d+ computed")).CountAsync()).Should().Be(1, "the last good page stays");
                }

                await Task.Delay(20);
            }

            await frame.GetByText("number 50 computed").WaitForAsync();
            await page.GetByText("✔ 2 cells").WaitForAsync();
            (await frame.GetByText("Text 50.").CountAsync()).Should().Be(1);
            await BecomesAsync("`${document.getElementById('page').contentWindow.scrollY}`", "700");
            complaints.Should().BeEmpty();

            async Task BecomesAsync(string expression, string value)
            {
                while (await page.EvaluateAsync<string>(expression) != value) await Task.Delay(50);
            }
        });

        EndedWell(run);
        run.Error.Should().Be("Interrupted.\n");

        void Save(int number) => _workspace.WriteNotebook(
            "lesson.ipynb",
            NotebookCellText.Code("setup", TellsItsProcess),
            NotebookCellText.Markdown("long", string.Join("\n\n", Enumerable.Repeat("A line of text.", 60))),
            NotebookCellText.Markdown("text", $"Text {number}."),
            NotebookCellText.Code("result", $"Console.WriteLine($\"number {{{number} * 1}} computed\");"));
    }

    [Fact]
    public async Task The_cells_before_the_first_changed_one_keep_their_state_and_what_a_changed_cell_had_declared_is_gone()
    {
        var (setup, tail) = ("var count = 1;\n" + TellsItsProcess, "Console.WriteLine($\"count {count}, step {step}\");");
        Write(setup, "var step = 1; count += step;", tail);

        var run = await RunningWatch.OfAsync(_workspace, "lesson.ipynb", async watch =>
        {
            await watch.PageAsync("count 2, step 1");
            var first = File.ReadAllText(_workspace["pid.txt"]);

            Write(setup, "var step = 10; count += step;", tail);
            await watch.PageAsync("count 12, step 10");

            Write(setup, "var steps = 100; count += steps;", tail);
            var failed = await watch.PageAsync("The name 'step' does not exist");
            failed[..failed.IndexOf("does not exist", StringComparison.Ordinal)].Should()
                .Contain("cell-id=tail", "an error stands at its cell");
            (await watch.LineAsync("✘")).Should().StartWith("✘ Cell 3 of 3 failed: tail");

            Write(setup, "var steps = 100; count += steps;", "var step = 5;", tail);
            await watch.PageAsync("count 112, step 5");
            File.ReadAllText(_workspace["pid.txt"]).Should().Be(first, "it is one process as long as the first cell stays");

            Write("// Anew.\n" + setup, "var step = 3; count += step;", tail);
            await watch.PageAsync("count 4, step 3");
            File.ReadAllText(_workspace["pid.txt"]).Should().NotBe(first);
        });

        EndedWell(run);

        void Write(params string[] cells) => _workspace.WriteNotebook("lesson.ipynb", [.. cells.Select((cell, index) =>
            NotebookCellText.Code(index == 0 ? "setup" : cell == tail ? "tail" : $"cell-{index}", cell))]);
    }

    [Fact]
    public async Task A_save_interrupts_a_cell_that_it_changes_and_lets_another_one_end()
    {
        const string Gate = "while (!System.IO.File.Exists(\"open.txt\")) await Task.Delay(10);";
        Write("while (true) { }", "1");

        var run = await RunningWatch.OfAsync(_workspace, "lesson.ipynb", async watch =>
        {
            await watch.LineAsync("Running cell 2 of 3");
            var first = await FileAsync(_workspace["pid.txt"]);
            Write($"{Gate} {Printing("has", "opened")}", "1");
            await watch.PageAsync("open.txt");
            await watch.LineAsync("Running cell 2 of 3");
            Write($"{Gate} {Printing("has", "opened")}", Printing("the", "newest"));
            _workspace.Write("open.txt", "");
            (await watch.PageAsync("the newest")).Should().Contain("has opened");
            File.ReadAllText(_workspace["pid.txt"]).Should().Be(first, "a cell that can be interrupted takes no process along");
        });

        EndedWell(run);

        void Write(string second, string third) => _workspace.WriteNotebook(
            "lesson.ipynb", NotebookCellText.Markdown("shown", second), NotebookCellText.Code("setup", TellsItsProcess),
            NotebookCellText.Code("second", second), NotebookCellText.Code("third", third));
    }

    [Fact]
    public async Task A_library_that_was_built_again_is_loaded_into_a_new_process()
    {
        var library = _workspace["FluentAssertions.dll"];
        File.Copy(Workspace.TestFile("FluentAssertions.dll"), library);
        Write("first");

        var run = await RunningWatch.OfAsync(_workspace, "lesson.ipynb", async watch =>
        {
            await watch.PageAsync("first text");
            var first = await FileAsync(_workspace["pid.txt"]);
            File.SetLastWriteTimeUtc(library, DateTime.UtcNow);
            Write("second");
            await watch.PageAsync("second text");
            File.ReadAllText(_workspace["pid.txt"]).Should().NotBe(first);
        });

        EndedWell(run);

        void Write(string text) => _workspace.WriteNotebook(
            "lesson.ipynb", NotebookCellText.Code("setup", TellsItsProcess),
            NotebookCellText.Code("library", "#r \"FluentAssertions.dll\""), NotebookCellText.Code("text", Printing(text, "text")));
    }

    [Fact]
    public async Task What_happens_to_the_file_is_said_and_the_page_stays()
    {
        Write("one");

        var run = await RunningWatch.OfAsync(_workspace, "folder/lesson.ipynb", async watch =>
        {
            await watch.PageAsync("one text");
            File.Delete(_workspace["folder/lesson.ipynb"]);
            (await watch.LineAsync("is not there any more")).Should().Contain("folder/lesson.ipynb").And.NotContain("its folder");
            await watch.PageAsync("one text");
            Write("two");
            await watch.PageAsync("two text");
            Directory.Move(_workspace["folder"], _workspace["moved"]);
            await watch.LineAsync("nor is its folder");
            Write("three");
            await watch.PageAsync("three text");
            _workspace.Write("folder/lesson.ipynb", "[]");
            (await watch.LineAsync("this is not a notebook")).Should().NotContain("\n");
            await watch.PageAsync("three text");
        });

        EndedWell(run);
        Directory.EnumerateFiles(_workspace["folder"]).Select(Path.GetFileName).Should().BeEquivalentTo(["lesson.ipynb", "pid.txt"]);

        void Write(string text) => _workspace.WriteNotebook(
            "folder/lesson.ipynb", NotebookCellText.Code("setup", TellsItsProcess), NotebookCellText.Code("text", Printing(text, "text")));
    }

    [Fact]
    public async Task Only_the_page_is_served_and_only_to_who_asks_for_this_machine()
    {
        _workspace.WriteNotebook("lesson.ipynb", NotebookCellText.Code("one", Printing("a", "secret")));

        var run = await RunningWatch.OfAsync(_workspace, "lesson.ipynb", async watch =>
        {
            await watch.PageAsync("a secret");
            string[] own = ["/page", "/", "/events"];
            foreach (var target in own)
            {
                var foreign = await watch.AskAsync($"GET {target} HTTP/1.1\nHost: example.org:{watch.Port}");
                foreign.Should().MatchRegex("^HTTP/1.1 4\\d\\d ").And.NotContain("a secret").And.NotContain("data:");
            }

            string[] paths = ["/lesson.ipynb", "/../lesson.ipynb", "/%2e%2e/lesson.ipynb", "//etc/passwd", "/page/../../etc/passwd"];
            foreach (var target in paths)
            {
                (await watch.AskAsync($"GET {target} HTTP/1.1\nHost: 127.0.0.1:{watch.Port}")).Should().MatchRegex("^HTTP/1.1 4\\d\\d ")
                    .And.NotContain("a secret").And.NotContain("root:");
            }

            (await watch.AskAsync($"POST /page HTTP/1.1\nHost: 127.0.0.1:{watch.Port}\nContent-Length: 0")).Should()
                .StartWith("HTTP/1.1 405 ");
            (await watch.AskAsync($"GET /page HTTP/1.1\nHost: 127.0.0.1:{watch.Port}")).Should().Contain("a secret")
                .And.Contain("frame-ancestors 'self'").And.Contain("nosniff");
            var addresses = await Dns.GetHostAddressesAsync(Dns.GetHostName(), AddressFamily.InterNetwork);
            foreach (var address in addresses.Where(address => !IPAddress.IsLoopback(address)))
            {
                using var client = new TcpClient();
                await FluentActions.Awaiting(() => client.ConnectAsync(address, watch.Port)).Should().ThrowAsync<SocketException>();
            }
        });

        run.ExitCode.Should().Be(130);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_before_anything_runs()
    {
        _workspace.WriteNotebook("lesson.ipynb", NotebookCellText.Code("one", "1"));
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var run = await ProgramRun.OfAsync(_workspace, "watch", "lesson.ipynb", "--port", $"{port}");

        run.ExitCode.Should().Be(2);
        run.Error.Should().StartWith($"Port {port} cannot be had").And.Contain("--port").And.NotContain("   at ");
        run.Output.Should().BeEmpty();
    }

    [Theory]
    [InlineData("echo \"$1\" > opened.tmp; mv opened.tmp opened.txt", null)]
    [InlineData("echo > opened.txt; exit 4", "No browser could be opened (exit code 4). Open http://127.0.0.1:")]
    [InlineData(null, "No browser could be opened (")]
    public async Task The_browser_is_opened_by_the_system_and_failing_at_it_is_a_sentence(string? opener, string? sentence)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A shell script stands for the opener.");
        _workspace.WriteNotebook("lesson.ipynb", NotebookCellText.Code("one", TellsItsProcess));
        Directory.CreateDirectory(_workspace["bin"]);
        _workspace.Environment["PATH"] = opener is null ? _workspace["bin"] : $"{_workspace["bin"]}:/usr/bin:/bin";
        if (opener is not null)
        {
            _workspace.Write("bin/xdg-open", $"#!/bin/sh\n{opener}\n");
            const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserExecute;
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_workspace["bin/xdg-open"], Executable);
        }

        var run = await ProgramRun.OfAsync(
            _workspace,
            async process =>
            {
                await FileAsync(_workspace["pid.txt"]);
                if (opener is not null) await FileAsync(_workspace["opened.txt"]);
                using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
                await kill.WaitForExitAsync();
            },
            "watch", "lesson.ipynb");

        EndedWell(run);
        if (sentence is not null) run.Output.Should().Contain(sentence);
        else run.Output.Should().Contain($" {File.ReadAllText(_workspace["opened.txt"]).Trim()} ").And.NotContain("No browser");
    }

    [Fact]
    public async Task A_folder_of_several_notebooks_is_refused_and_a_number_is_a_lesson()
    {
        _workspace.Write("ConcurrencyNotebooks.sln", "");
        foreach (var name in new[] { "01-first.ipynb", "02-second.ja.ipynb", "02-second.ipynb" })
            _workspace.WriteNotebook($"notebooks/{name}", NotebookCellText.Code("one", $"{TellsItsProcess} // {name}"));

        var folder = await ProgramRun.OfAsync(_workspace, "watch", "notebooks");
        var none = await ProgramRun.OfAsync(_workspace, "watch", "3");
        var second = await RunningWatch.OfAsync(_workspace, "2", watch => watch.PageAsync("// 02-second.ipynb"));

        folder.ExitCode.Should().Be(2);
        folder.Error.Should().Contain("notebooks holds 3 notebooks. Name one of them.");
        none.ExitCode.Should().Be(2);
        none.Error.Should().Contain("There is no file 3");
        second.ExitCode.Should().Be(130);
    }

    // The notebook is not written, and neither a process nor a file stays.
    private void EndedWell(ProgramRun run)
    {
        run.ExitCode.Should().Be(130, run.Output + run.Error);
        run.Error.Should().NotContain("   at ");
        var pid = Directory.EnumerateFiles(_workspace.Folder, "pid.txt", SearchOption.AllDirectories)
            .Select(file => int.Parse(File.ReadAllText(file), System.Globalization.CultureInfo.InvariantCulture));
        pid.Should().NotBeEmpty().And.AllSatisfy(id => FluentActions.Invoking(() => Process.GetProcessById(id))
            .Should().Throw<ArgumentException>("the notebook's process has ended"));
        Directory.EnumerateFiles(_workspace.Folder, "*.tmp", SearchOption.AllDirectories).Should().BeEmpty();
    }

    // A cell that prints these words with a space between them, which stands nowhere in the cell itself.
    private static string Printing(string first, string second) => $"Console.WriteLine(string.Join(' ', \"{first}\", \"{second}\"));";

    // A cell has no other way to call a test; each look is cheap, and the program's deadline bounds them.
    private static async Task<string> FileAsync(string path)
    {
        while (!File.Exists(path)) await Task.Delay(20);
        return await File.ReadAllTextAsync(path);
    }
}
