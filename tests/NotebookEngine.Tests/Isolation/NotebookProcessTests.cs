using System.Diagnostics;
using System.Globalization;

namespace NotebookEngine.Tests.Isolation;

public sealed class NotebookProcessTests
{
    [Fact]
    public async Task A_cell_runs_in_another_process_and_keeps_state()
    {
        await using var notebook = await Notebooks.StartAsync();

        await notebook.RunAsync("set", "var x = 20; var pid = Environment.ProcessId;", Notebooks.Ample);
        var result = await notebook.RunAsync("get", "Console.WriteLine(pid); x + 1", Notebooks.Ample);

        result.Status.Should().Be(CellStatus.Ok);
        result.Error.Should().BeNull();
        Notebooks.TextOf(result).Should().Be($"{notebook.Id}\n");
        Notebooks.ValueOf(result).Should().Be("21");
        notebook.Id.Should().NotBe(Environment.ProcessId);
    }

    [Fact]
    public async Task Output_arrives_while_the_cell_still_runs()
    {
        await using var notebook = await Notebooks.StartAsync();
        var seen = new TaskCompletionSource<OutputEvent>();

        var running = notebook.RunAsync(
            "wait", "Console.WriteLine(\"now\"); await Task.Delay(-1);", Notebooks.Ample, output => seen.TrySetResult(output));
        var first = await seen.Task.WaitAsync(Notebooks.Ample);

        first.Should().Be(new OutputEvent("wait", new StreamOutput(StreamName.Stdout, "now\n")));
        running.IsCompleted.Should().BeFalse();
        await notebook.InterruptAsync();
        (await running).Status.Should().Be(CellStatus.Interrupted);
    }

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("System.Threading.Thread.Sleep(-1);")]
    [InlineData("await Task.Delay(-1);")]
    [InlineData("new System.Threading.ManualResetEventSlim().Wait();")]
    [InlineData("try { while (true) { } } catch (Exception) { while (true) { } }")]
    public async Task A_cell_that_never_ends_is_interrupted_and_variables_stay(string code)
    {
        await using var notebook = await Notebooks.StartAsync();
        var started = new TaskCompletionSource();

        var running = notebook.RunAsync("endless", "var kept = 42; Console.Write(1);\n" + code, Notebooks.Ample, _ => started.TrySetResult());
        await started.Task.WaitAsync(Notebooks.Ample);
        await notebook.InterruptAsync();
        var result = await running;
        var after = await notebook.RunAsync("after", "kept", Notebooks.Ample);

        result.Status.Should().Be(CellStatus.Interrupted);
        result.Error!.Name.Should().Be(CellError.Interrupt);
        result.Error.Message.Should().Contain("'endless'").And.Contain("are kept");
        result.Outputs[^1].Should().BeOfType<ErrorOutput>();
        after.Status.Should().Be(CellStatus.Ok);
        Notebooks.ValueOf(after).Should().Be("42");
    }

    [Fact]
    public async Task A_cell_that_runs_out_of_time_is_reported_and_the_session_goes_on()
    {
        await using var notebook = await Notebooks.StartAsync();
        await notebook.RunAsync("set", "var kept = 42;", Notebooks.Ample);

        var result = await notebook.RunAsync("endless", "while (true) { }", TimeSpan.FromSeconds(1.5));
        var after = await notebook.RunAsync("after", "kept", Notebooks.Ample);

        result.Status.Should().Be(CellStatus.TimedOut);
        result.Error!.Name.Should().Be(CellError.Timeout);
        result.Error.Message.Should().Contain("'endless'").And.Contain("longer than 1.5 s").And.Contain("are kept");
        result.Outputs.Should().ContainSingle().Which.Should().BeOfType<ErrorOutput>();
        Notebooks.ValueOf(after).Should().Be("42");
    }

    [Fact]
    public async Task A_cell_that_cannot_be_interrupted_loses_its_process()
    {
        await using var notebook = await NotebookProcess.StartAsync(Notebooks.Options with { InterruptGrace = TimeSpan.FromSeconds(1) });
        await notebook.RunAsync("warm", "1", Notebooks.Ample);

        // No abort reaches into a finally block, unless the JIT copies it to the normal path; unoptimised code is safe.
        var result = await notebook.RunAsync(
            "stubborn",
            """
            [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoOptimization)]
            static void Spin() { try { } finally { while (true) { } } }
            Spin();
            """,
            TimeSpan.FromSeconds(5));

        result.Status.Should().Be(CellStatus.TimedOut);
        result.Error!.Message.Should().Contain("'stubborn'").And.Contain("did not react").And.Contain("lost");
        notebook.IsAlive.Should().BeFalse();
    }

    [Fact]
    public async Task Cancellation_stops_the_cell_and_surfaces_with_the_callers_token()
    {
        await using var notebook = await Notebooks.StartAsync();
        using var cancellation = new CancellationTokenSource();

        var running = notebook.RunAsync(
            "spin", "Console.Write(1); while (true) { }", Notebooks.Ample, _ => cancellation.Cancel(), cancellation.Token);

        (await running.Invoking(r => r).Should().ThrowAsync<OperationCanceledException>())
            .Which.CancellationToken.Should().Be(cancellation.Token);
        Notebooks.ValueOf(await notebook.RunAsync("next", "1", Notebooks.Ample)).Should().Be("1");
    }

    [Theory]
    [InlineData("Environment.Exit(7);", "the cell ended its process with exit code 7")]
    [InlineData("Environment.Exit(0);", "the cell ended its process with exit code 0")]
    [InlineData("int F(int n) => F(n + 1) + 1; F(0)", "its stack overflowed")]
    [InlineData("Environment.FailFast(\"enough\");", "fatal error")]
    [InlineData("new System.Threading.Thread(() => throw new Exception(\"alone\")).Start(); await Task.Delay(-1);", "an exception that nothing caught")]
    [InlineData("System.Diagnostics.Process.GetCurrentProcess().Kill(); await Task.Delay(-1);", "killed")]
    [InlineData("System.Runtime.InteropServices.Marshal.WriteByte((nint)8, 1);", "")]
    public async Task The_death_of_the_process_is_told_with_its_cause_and_its_cell(string code, string cause)
    {
        await using var notebook = await Notebooks.StartAsync();

        var result = await notebook.RunAsync("fatal", code, Notebooks.Ample);

        if (cause.Length == 0)
        {
            // Reading near null is an exception in .NET, not a crash.
            result.Status.Should().Be(CellStatus.Failed);
            return;
        }

        result.Status.Should().Be(CellStatus.ProcessEnded);
        result.Error!.Name.Should().Be(CellError.ProcessEnded);
        result.Error.Message.Should().Contain("'fatal'").And.Contain($"{notebook.Id}");
        if (!OperatingSystem.IsWindows()) result.Error.Message.Should().Contain(cause);
        result.Outputs[^1].Should().BeOfType<ErrorOutput>();
        notebook.IsAlive.Should().BeFalse();
    }

    [Fact]
    public async Task Last_words_of_the_run_time_are_part_of_the_error_and_what_was_printed_before_is_shown()
    {
        await using var notebook = await Notebooks.StartAsync();

        var result = await notebook.RunAsync("last", "Console.WriteLine(\"before\"); Environment.FailFast(\"enough is enough\");", Notebooks.Ample);

        Notebooks.TextOf(result).Should().Be("before\n");
        string.Join('\n', result.Error!.Traceback).Should().Contain("enough is enough");
        result.Outputs.OfType<StreamOutput>().Where(o => o.Name == StreamName.Stderr).Should().BeEmpty();
    }

    [Fact]
    public async Task What_was_printed_just_before_Exit_is_not_lost()
    {
        await using var notebook = await Notebooks.StartAsync();

        var result = await notebook.RunAsync("exit", "for (var i = 0; i < 100; i++) Console.WriteLine(i); Environment.Exit(3);", Notebooks.Ample);

        Notebooks.TextOf(result).Should().StartWith("0\n1\n").And.EndWith("98\n99\n");
    }

    [Fact]
    public async Task A_cell_that_takes_all_memory_gets_an_exception()
    {
        await using var notebook = await NotebookProcess.StartAsync(Notebooks.Options with { HeapLimitBytes = 256 << 20 });

        var result = await notebook.RunAsync("eat", "var all = new List<byte[]>(); while (true) all.Add(new byte[8 << 20]);", Notebooks.Ample);

        result.Status.Should().BeOneOf(CellStatus.Failed, CellStatus.ProcessEnded);
        result.Error!.Message.Should().NotBeEmpty();
        if (result.Status == CellStatus.Failed) result.Error.Name.Should().Be("System.OutOfMemoryException");
    }

    [Fact]
    public async Task The_heap_limit_is_not_passed_on_to_processes_that_a_cell_starts()
    {
        await using var notebook = await Notebooks.StartAsync();

        var result = await notebook.RunAsync("variable", "Environment.GetEnvironmentVariable(\"DOTNET_GCHeapHardLimit\") is null", Notebooks.Ample);

        Notebooks.ValueOf(result).Should().BeEquivalentTo("true");
    }

    [Fact]
    public async Task What_other_processes_write_to_the_inherited_console_belongs_to_the_cell_that_started_them()
    {
        await using var notebook = await Notebooks.StartAsync();
        var command = $"System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo({Literal(Notebooks.DotnetPath)}, \"--version\") {{ UseShellExecute = false }}).WaitForExit();";

        var first = await notebook.RunAsync("first", command, Notebooks.Ample);
        var second = await notebook.RunAsync("second", "Console.WriteLine(\"mine\");", Notebooks.Ample);

        Version.TryParse(Notebooks.TextOf(first).Trim().Split('-')[0], out _).Should().BeTrue();
        Notebooks.TextOf(second).Should().Be("mine\n");
    }

    [Fact]
    public async Task A_flood_of_text_is_cut_and_the_rest_counted()
    {
        await using var notebook = await Notebooks.StartAsync();

        var result = await notebook.RunAsync("flood", "for (var i = 0; i < 1_000_000; i++) Console.WriteLine(\"0123456789\");", Notebooks.Ample);

        result.Status.Should().Be(CellStatus.Ok);
        Notebooks.TextOf(result).Length.Should().Be(1 << 20);
        result.Outputs.OfType<StreamOutput>().Last().Text.Should().Contain("9,951,424 more characters");
    }

    [Fact]
    public async Task Two_notebooks_run_side_by_side_and_the_end_of_one_does_not_touch_the_other()
    {
        await using var one = await Notebooks.StartAsync();
        await using var other = await Notebooks.StartAsync();

        var death = one.RunAsync("exit", "Environment.Exit(1);", Notebooks.Ample);
        var life = other.RunAsync("count", "Enumerable.Range(1, 10).Sum()", Notebooks.Ample);

        (await death).Status.Should().Be(CellStatus.ProcessEnded);
        Notebooks.ValueOf(await life).Should().Be("55");
    }

    [Fact]
    public async Task A_process_that_is_no_host_is_reported_with_what_it_said()
    {
        var start = () => NotebookProcess.StartAsync(new NotebookProcessOptions { Command = [Notebooks.DotnetPath, Notebooks.HostPath, "nonsense"] });

        (await start.Should().ThrowAsync<NotebookProcessException>()).Which.Message.Should().Contain("exit code 2");
    }

    [Fact]
    public async Task A_folder_that_is_missing_is_named()
    {
        var start = () => NotebookProcess.StartAsync(Notebooks.Options with { WorkingDirectory = Path.Combine(Path.GetTempPath(), "no such folder") });

        (await start.Should().ThrowAsync<NotebookProcessException>()).Which.Message.Should().Contain("no such folder");
    }

    [Fact]
    public async Task Disposal_ends_the_process_and_what_its_cells_started()
    {
        var notebook = await Notebooks.StartAsync();
        var sleeper = OperatingSystem.IsWindows() ? "(\"ping\", \"-n 600 127.0.0.1\")" : "(\"sleep\", \"600\")";
        var result = await notebook.RunAsync("start", $"System.Diagnostics.Process.Start{sleeper}.Id", Notebooks.Ample);
        var grandchild = int.Parse(Notebooks.ValueOf(result)!, CultureInfo.InvariantCulture);

        await notebook.DisposeAsync();

        await Processes.EndOfAsync(notebook.Id);
        await Processes.EndOfAsync(grandchild);
    }

    [Theory]
    [InlineData("Console.WriteLine(1); while (true) { }")]
    [InlineData("Console.WriteLine(1); await Task.Delay(-1);")]
    [InlineData("AppDomain.CurrentDomain.ProcessExit += (_, _) => { while (true) { } }; Console.WriteLine(1); try { Console.Write(1); } finally { while (true) { } }")]
    public async Task The_process_dies_with_its_parent(string code)
    {
        using var owner = Process.Start(new ProcessStartInfo(Notebooks.DotnetPath, [Notebooks.HostPath, "owner", code]) { RedirectStandardOutput = true })!;
        var child = int.Parse((await owner.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);

        owner.Kill();

        await Processes.EndOfAsync(child);
    }

    private static string Literal(string text) => "@\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
