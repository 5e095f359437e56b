using System.Diagnostics;
using System.Globalization;
using Workshop.Isolation;

namespace NotebookHost.Tests;

public sealed class NotebookProcessTests : NotebookTest
{
    [Fact]
    public async Task A_cell_runs_in_another_process_and_keeps_state()
    {
        await Notebook.RunAsync("set", "var x = 20; var pid = Environment.ProcessId;", Ample);
        var result = await Notebook.RunAsync("get", "Console.WriteLine(pid); x + 1", Ample);

        result.Error.Should().BeNull();
        TextOf(result).Should().Be($"{Notebook.Id}\n");
        ValueOf(result).Should().Be("21");
        Notebook.Id.Should().NotBe(Environment.ProcessId);
    }

    [Fact]
    public async Task A_cell_with_a_number_sees_what_the_cells_before_that_number_declared_and_nothing_else()
    {
        await Numbered(1, "var kept = 1; var list = new List<int>();");
        await Numbered(2, "var old = 10; list.Add(old);");
        await Numbered(4, "var later = old + kept;");

        var again = await Numbered(2, "int kept = 2; list.Add(kept);");
        var after = await Numbered(4, "$\"{kept} {string.Join(',', list)}\"");
        var forgotten = await Numbered(5, "old + later");
        var first = await Numbered(1, "kept");

        again.Error.Should().BeNull();
        ValueOf(after).Should().Be("2 10,2", "variables are declared anew, and what was done to their values stays");
        forgotten.Error!.Name.Should().Be(CellError.Compilation);
        string.Concat(forgotten.Error.Traceback).Should().Contain("'old' does not exist").And.Contain("'later' does not exist");
        first.Error!.Name.Should().Be(CellError.Compilation);

        Task<CellResult> Numbered(int number, string code) => Notebook.RunAsync($"cell-{number}", code, Ample, null, number);
    }

    [Fact]
    public async Task Output_arrives_while_the_cell_still_runs()
    {
        var seen = new TaskCompletionSource<CellOutput>();
        using var cancellation = new CancellationTokenSource();

        var running = Notebook.RunAsync(
            "wait", "Console.WriteLine(\"now\"); await Task.Delay(-1);", Ample, seen.SetResult, null, cancellation.Token);
        var first = await seen.Task.WaitAsync(Ample);

        first.Text.Should().Be("now\n");
        running.IsCompleted.Should().BeFalse();
        await cancellation.CancelAsync();
        await running.Invoking(run => run).Should().ThrowAsync<OperationCanceledException>();
    }

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("System.Threading.Thread.Sleep(-1);")]
    [InlineData("await Task.Delay(-1);")]
    [InlineData("new System.Threading.ManualResetEventSlim().Wait();")]
    [InlineData("try { while (true) { } } catch (Exception) { while (true) { } }")]
    public async Task A_cell_that_never_ends_is_interrupted_and_the_variables_before_it_stay(string code)
    {
        await Notebook.RunAsync("set", "var kept = 42;", Ample);
        using var cancellation = new CancellationTokenSource();

        var running = Notebook.RunAsync(
            "endless", "Console.Write(1);\n" + code, Ample, _ => cancellation.Cancel(), null, cancellation.Token);
        var interruption = (await running.Invoking(run => run).Should().ThrowAsync<OperationCanceledException>()).Which;
        var after = await Notebook.RunAsync("after", "kept", Ample);

        interruption.CancellationToken.Should().Be(cancellation.Token);
        Notebook.IsAlive.Should().BeTrue();
        ValueOf(after).Should().Be("42");
    }

    [Fact]
    public async Task A_cell_that_runs_out_of_time_is_reported_and_the_session_goes_on()
    {
        await Notebook.RunAsync("set", "var kept = 42;", Ample);

        var result = await Notebook.RunAsync("endless", "while (true) { }", TimeSpan.FromSeconds(1.5));
        var after = await Notebook.RunAsync("after", "kept", Ample);

        result.Error!.Name.Should().Be(CellError.Timeout);
        result.Error.Message.Should().Contain("'endless'").And.Contain("longer than 1.5 s").And.Contain("are kept");
        result.Outputs.Should().ContainSingle().Which.Type.Should().Be(CellOutput.ErrorType);
        ValueOf(after).Should().Be("42");
    }

    [Fact]
    public async Task A_cell_that_cannot_be_interrupted_loses_its_process()
    {
        await using var notebook = await NotebookProcess.StartAsync(Folder);
        await notebook.RunAsync("warm", "1", Ample);

        // No abort reaches into a finally block, unless the JIT copies it to the normal path; unoptimised code is safe.
        var result = await notebook.RunAsync(
            "stubborn",
            """
            [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoOptimization)]
            static void Spin() { try { } finally { while (true) { } } }
            Spin();
            """,
            TimeSpan.FromSeconds(5));

        result.Error!.Name.Should().Be(CellError.Timeout);
        result.Error.Message.Should().Contain("'stubborn'").And.Contain("did not react").And.Contain("lost");
        notebook.IsAlive.Should().BeFalse();
    }

    [Theory]
    [InlineData("Environment.Exit(7);", "the cell ended its process with exit code 7")]
    [InlineData("Environment.Exit(0);", "the cell ended its process with exit code 0")]
    [InlineData("int F(int n) => F(n + 1) + 1; F(0)", "its stack overflowed")]
    [InlineData("Environment.FailFast(\"enough\");", "fatal error")]
    [InlineData(
        "new System.Threading.Thread(() => throw new Exception(\"alone\")).Start(); await Task.Delay(-1);",
        "an exception that nothing caught")]
    [InlineData("System.Diagnostics.Process.GetCurrentProcess().Kill(); await Task.Delay(-1);", "killed")]
    [InlineData("System.Runtime.InteropServices.Marshal.WriteByte((nint)8, 1);", "")]
    public async Task The_death_of_the_process_is_told_with_its_cause_and_its_cell(string code, string cause)
    {
        var result = await Notebook.RunAsync("fatal", code, Ample);

        if (cause.Length == 0)
        {
            // Reading near null is an exception in .NET, not a crash.
            result.Error!.Name.Should().NotBe(CellError.ProcessEnded);
            return;
        }

        result.Error!.Name.Should().Be(CellError.ProcessEnded);
        result.Error.Message.Should().Contain("'fatal'").And.Contain($"{Notebook.Id}");
        if (!OperatingSystem.IsWindows()) result.Error.Message.Should().Contain(cause);
        result.Outputs[^1].Type.Should().Be(CellOutput.ErrorType);
        Notebook.IsAlive.Should().BeFalse();
    }

    [Fact]
    public async Task Last_words_of_the_runtime_are_part_of_the_error_and_what_was_printed_before_is_shown()
    {
        var result = await Notebook.RunAsync("last", "Console.WriteLine(\"before\"); Environment.FailFast(\"enough is enough\");", Ample);

        TextOf(result).Should().Be("before\n");
        string.Join('\n', result.Error!.Traceback).Should().Contain("enough is enough");
    }

    [Fact]
    public async Task What_was_printed_just_before_Exit_is_not_lost()
    {
        var result = await Notebook.RunAsync("exit", "for (var i = 0; i < 100; i++) Console.WriteLine(i); Environment.Exit(3);", Ample);

        TextOf(result).Should().StartWith("0\n1\n").And.EndWith("98\n99\n");
    }

    [Fact]
    public async Task A_cell_that_takes_all_memory_gets_an_exception()
    {
        await using var notebook = await NotebookProcess.StartAsync(Folder, heapLimitBytes: 256 << 20);

        var result = await notebook.RunAsync("eat", "var all = new List<byte[]>(); while (true) all.Add(new byte[8 << 20]);", Ample);

        result.Error!.Name.Should().BeOneOf("System.OutOfMemoryException", CellError.ProcessEnded);
        result.Error.Message.Should().NotBeEmpty();
    }

    [Fact]
    public async Task The_heap_limit_is_not_passed_on_to_processes_that_a_cell_starts()
    {
        var result = await Notebook.RunAsync("variable", "Environment.GetEnvironmentVariable(\"DOTNET_GCHeapHardLimit\") is null", Ample);

        ValueOf(result).Should().BeEquivalentTo("true");
    }

    [Fact]
    public async Task What_other_processes_write_to_the_inherited_console_belongs_to_the_cell_that_started_them()
    {
        var command = $"var start = new System.Diagnostics.ProcessStartInfo({Literal(PackageResolver.DotnetPath)}, \"--version\");"
            + "start.UseShellExecute = false; System.Diagnostics.Process.Start(start).WaitForExit();";

        var first = await Notebook.RunAsync("first", command, Ample);
        var second = await Notebook.RunAsync("second", "Console.WriteLine(\"mine\");", Ample);

        Version.TryParse(TextOf(first).Trim().Split('-')[0], out _).Should().BeTrue();
        TextOf(second).Should().Be("mine\n");
    }

    [Fact]
    public async Task A_flood_of_text_is_cut_and_the_rest_counted()
    {
        var result = await Notebook.RunAsync("flood", "for (var i = 0; i < 1_000_000; i++) Console.WriteLine(\"0123456789\");", Ample);

        result.Error.Should().BeNull();
        TextOf(result).Length.Should().Be(1 << 20);
        TextOf(result, CellOutput.Stderr).Should().Contain("9,951,424 more characters");
    }

    [Fact]
    public async Task Two_notebooks_run_side_by_side_and_the_end_of_one_does_not_touch_the_other()
    {
        await using var one = await NotebookProcess.StartAsync(Folder);
        await using var other = await NotebookProcess.StartAsync(Folder);

        var death = one.RunAsync("exit", "Environment.Exit(1);", Ample);
        var life = other.RunAsync("count", "Enumerable.Range(1, 10).Sum()", Ample);

        (await death).Error!.Name.Should().Be(CellError.ProcessEnded);
        ValueOf(await life).Should().Be("55");
    }

    [Fact]
    public async Task A_folder_that_is_missing_is_named()
    {
        var start = () => NotebookProcess.StartAsync(Path.Combine(Path.GetTempPath(), "no such folder"));

        (await start.Should().ThrowAsync<NotebookProcessException>()).Which.Message.Should().Contain("no such folder");
    }

    [Fact]
    public async Task Disposal_ends_the_process_and_what_its_cells_started()
    {
        var notebook = await NotebookProcess.StartAsync(Folder);
        var sleeper = OperatingSystem.IsWindows() ? "(\"ping\", \"-n 600 127.0.0.1\")" : "(\"sleep\", \"600\")";
        var result = await notebook.RunAsync("start", $"System.Diagnostics.Process.Start{sleeper}.Id", Ample);
        var grandchild = int.Parse(ValueOf(result)!, CultureInfo.InvariantCulture);

        await notebook.DisposeAsync();

        await Processes.EndOfAsync(notebook.Id);
        await Processes.EndOfAsync(grandchild);
    }

    [Fact]
    public async Task A_process_whose_own_parent_has_ended_is_ended_with_the_notebook()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no process groups.");
        const string Orphan = """
            string[] leaveBehind = ["-c", "sleep 600 >&- 2>&- & echo $!"];
            var start = new System.Diagnostics.ProcessStartInfo("sh", leaveBehind) { RedirectStandardOutput = true };
            var shell = System.Diagnostics.Process.Start(start);
            Console.Write(shell.StandardOutput.ReadToEnd());
            Console.Out.Flush();
            Environment.Exit(0);
            """;
        var notebook = await NotebookProcess.StartAsync(Folder);
        var result = await notebook.RunAsync("orphan", Orphan, Ample);

        await notebook.DisposeAsync().AsTask().WaitAsync(Ample);

        await Processes.EndOfAsync(int.Parse(TextOf(result), CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("Console.WriteLine(1); while (true) { }")]
    [InlineData("Console.WriteLine(1); await Task.Delay(-1);")]
    [InlineData(
        "AppDomain.CurrentDomain.ProcessExit += (_, _) => { while (true) { } }; Console.WriteLine(1);"
        + "try { Console.Write(1); } finally { while (true) { } }")]
    public async Task The_process_dies_with_its_parent(string code)
    {
        string[] command = [typeof(Program).Assembly.Location, Program.OwnNotebook, code];
        using var owner = Process.Start(new ProcessStartInfo(PackageResolver.DotnetPath, command) { RedirectStandardOutput = true })!;
        var child = int.Parse((await owner.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);

        owner.Kill();

        await Processes.EndOfAsync(child);
    }

    private static string Literal(string text) => "@\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
