using System.Text.Json;
using Workshop.Doctor;
using Workshop.Tests.Jupyter;

namespace Workshop.Tests;

/// <summary>The verb <c>doctor</c> on machines that lack something.</summary>
public sealed class DoctorTests : IDisposable
{
    private readonly JupyterHome _home = new();

    public DoctorTests() => _home.Workspace.Environment["PYENV_ROOT"] = _home.Workspace.Folder;

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Each_check_has_a_line_and_an_object_in_JSON()
    {
        var lines = await ProgramRun.OfAsync(_home.Workspace, "doctor");
        var objects = await ExamineAsync();

        lines.Error.Should().BeEmpty();
        lines.Output.Split('\n').Where(line => line.Length > 2 && "✔–✘".Contains(line[0])).Select(line => line[2..17].TrimEnd())
            .Should().Equal(objects.Keys).And.HaveCountGreaterThan(12);
        lines.Output.TrimEnd().Split('\n')[^1].Should()
            .MatchRegex("^(This machine is ready|\\d+ things? must be mended)(, \\d+ warnings?)?\\.$");
        Says(objects["SDK"], "fine", "global.json asks for", "");
        Says(objects["Loopback"], "fine", "127.0.0.1 answers", "");
    }

    [Fact]
    public async Task What_is_only_missed_is_a_warning_with_what_to_do()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere browsers are looked for in the folders of all users.");
        var objects = await ExamineAsync();

        Says(objects["Python"], "warning", "none", "Recorded results stand in for it");
        Says(objects["Browser"], "warning", "no Chromium", "Any browser shows the pages");
        Says(objects["Jupyter"], "warning", "not on the PATH", "Install it with");
        Says(objects[".NET kernel"], "warning", "not set up", "jupyter --setup-only");
    }

    [Fact]
    public async Task On_one_core_it_warns_and_compares_nothing()
    {
        await LaunchByAsync("taskset", "-c", "0");

        var objects = await ExamineAsync();

        Says(objects["Cores"], "warning", "1", "Give the virtual machine, the container or this process more.");
        Says(objects["Cores given"], "fine", "one, with nothing to compare it with", "");
    }

    [Fact]
    public async Task Without_loopback_that_must_be_mended()
    {
        await LaunchByAsync("unshare", "-rn");

        var objects = await ExamineAsync(exitCode: 1);

        Says(objects["Loopback"], "mend", "127.0.0.1 does not answer", "ip link set lo up");
    }

    [Fact]
    public async Task With_few_open_files_that_must_be_mended_and_every_other_check_still_has_its_line()
    {
        await LaunchByAsync("sh", "-c", "ulimit -n 64 && exec \"$@\"", "sh");

        var objects = await ExamineAsync(exitCode: 1);

        Says(objects["Open files"], "mend", "64 for each process", "ulimit -n 10000");
        Says(objects["Loopback"], "warning", "not looked at", "Mend the open files first.");
        objects.Should().HaveCountGreaterThan(12);
    }

    [Fact]
    public async Task A_home_that_cannot_be_written_must_be_mended()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows takes the home folder from nowhere else than the user's profile.");
        _home.Workspace.Environment["HOME"] = "/dev/null/home";

        var objects = await ExamineAsync(exitCode: 1);

        Says(objects["Folders"], "mend", "home /dev/null/home cannot be written", "HOME");
    }

    [Theory]
    [InlineData("C")]
    [InlineData("de_DE.UTF-8")]
    public async Task The_language_of_the_system_changes_nothing(string language)
    {
        foreach (var name in new[] { "LANG", "LC_ALL" }) _home.Workspace.Environment[name] = language;

        var run = await ProgramRun.OfAsync(_home.Workspace, "doctor");

        run.Output.Should().MatchRegex(@"[✔–] Timer +a sleep of 1 ms takes \d+\.\d ms, at most \d+\.\d ms");
        run.Error.Should().BeEmpty();
    }

    [Fact]
    public async Task A_Python_that_hangs_is_ended_and_hides_no_other()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "It looks for processes as Linux shows them.");
        _home.Put("python3", "exec /bin/sleep 1000");
        _home.Put("python3.12", "echo '[\"3.12.1\", \"CPython\", true]'");

        var objects = await ExamineAsync();

        Says(objects["Python"], "fine", "CPython 3.12.1", "");
        _home.Processes().Should().BeEmpty();
    }

    [Fact]
    public async Task A_check_that_hangs_or_throws_costs_its_own_line()
    {
        var moment = TimeSpan.FromMilliseconds(20);
        using var never = new ManualResetEventSlim();

        var waiting = await MachineChecks.RunAsync("a", async end => { await Task.Delay(-1, end); throw null!; }, moment, default);
        var stuck = await MachineChecks.RunAsync("b", _ => { never.Wait(CancellationToken.None); throw null!; }, moment, default);
        var broken = await MachineChecks.RunAsync("c", _ => throw new InvalidOperationException("no such luck"), moment, default);

        never.Set();
        new[] { waiting, stuck, broken }.Should().AllSatisfy(result => result.State.Should().Be(CheckState.Warning));
        new[] { waiting.Found, stuck.Found, broken.Found }.Should().Equal(
            "no answer within 0.02 s", "no answer within 0.02 s", "not to be found out: no such luck");
    }

    private static void Says(Answer answer, string state, string found, string advice)
    {
        answer.State.Should().Be(state, answer.Found);
        answer.Found.Should().Contain(found);
        if (advice.Length > 0) answer.Advice.Should().Contain(advice);
        else answer.Advice.Should().BeEmpty();
    }

    /// <summary>Starts what the test runs by a program of Linux, or skips the test where that is not there or not allowed.</summary>
    private async Task LaunchByAsync(params string[] launcher)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "It is a program of Linux.");
        string[] folders = ["/usr/bin", "/bin"];
        var program = folders.Select(folder => Path.Combine(folder, launcher[0])).FirstOrDefault(File.Exists);
        Assert.SkipWhen(program is null, $"There is no {launcher[0]} here.");
        _home.Workspace.Launcher = [program, .. launcher[1..]];
        using var attempt = System.Diagnostics.Process.Start(program, [.. launcher[1..], "/bin/true"]);
        await attempt.WaitForExitAsync();
        Assert.SkipUnless(attempt.ExitCode == 0, $"`{string.Join(' ', launcher)}` is not allowed here.");
    }

    /// <summary>What <c>doctor --json</c> says by the names of the checks.</summary>
    /// <param name="exitCode">Null for the one that follows from the answers.</param>
    private async Task<Dictionary<string, Answer>> ExamineAsync(int? exitCode = null)
    {
        var run = await ProgramRun.OfAsync(_home.Workspace, "doctor", "--json");
        run.Error.Should().BeEmpty();
        var answers = JsonSerializer.Deserialize<JsonElement>(run.Output).EnumerateArray().ToDictionary(
            answer => Text(answer, "name"), answer => new Answer(Text(answer, "state"), Text(answer, "found"), Text(answer, "advice")));
        run.ExitCode.Should().Be(answers.Values.Any(answer => answer.State == "mend") ? 1 : 0);
        if (exitCode is { } code) run.ExitCode.Should().Be(code);
        return answers;

        static string Text(JsonElement answer, string member) => answer.GetProperty(member).GetString()!;
    }

    private sealed record Answer(string State, string Found, string Advice);
}
