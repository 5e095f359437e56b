using System.Diagnostics;

namespace ConcurrencyNotebooks.Tests.Measurements;

public sealed class PythonMeasurementsTests : IDisposable
{
    private const string Report =
        """{"script": "fine", "arguments": [], "python": "VERSION", "implementation": "CPython", "gil_enabled": null, """
        + """ "machine": {"cpu": "a CPU", "cores": 1, "os": "an OS"}, "date": "2026-01-31", "results": {"seconds": 0.5}}""";

    private readonly TemporaryFolder _data = new();

    public PythonMeasurementsTests()
    {
        _data.Write("python/fine.py", $"import platform\nprint('{Report}'.replace('VERSION', platform.python_version()))");
        _data.Write("python/fails.py", "raise ValueError('no such measurement')");
        _data.Write("python/talks.py", "print('hello')");
        _data.Write("python/sleeps.py", """
            import os, subprocess, sys, time
            child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(300)'])
            with open(sys.argv[1] + '.new', 'w') as file:
                file.write('%d %d' % (os.getpid(), child.pid))
            os.rename(sys.argv[1] + '.new', sys.argv[1])
            time.sleep(300)
            """);
        Directory.CreateDirectory(Path.Combine(_data.Path, "recorded"));
    }

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData("counter_race", "--increments", "1000", "--rounds", "1")]
    [InlineData("cpu_threads", "--n", "1000")]
    [InlineData("io_waits", "--waits", "2", "--seconds", "0.01", "--many", "10", "--sequence")]
    [InlineData("failures", "--seconds", "0.01")]
    [InlineData("gil_release", "--seconds", "0.01", "--share", "0.01")]
    public async Task Every_script_runs_with_every_Python(string script, params string[] arguments)
    {
        foreach (var python in await Pythons.OrSkipAsync())
        {
            var scripts = new PythonMeasurements(new PythonFinder(_ => null), ConcurrencyNotebooks.Python.DataFolder);
            var result = await scripts.RunAsync(script, arguments, python, PythonMeasurements.DefaultTimeout, CancellationToken.None);

            result.Source.Should().Be($"measured here with {python}");
            (result.Script, result.Version).Should().Be((script, python.Version.ToString()));
        }
    }

    [Fact]
    public async Task Versions_that_are_here_are_measured_and_the_others_are_recorded()
    {
        var here = await OnlyAsync();
        var reports = new[] { $"{here.Version}", "3.5.1", "3.99.0" }.Select(version => Report.Replace("VERSION", version));
        _data.Write("recorded/fine.json", $"[{string.Join(", ", reports)}]");

        var results = await Measurements(here).MeasureEveryVersionAsync("fine", [], 1, CancellationToken.None);

        results.Select(result => result.Version).Should().Equal("3.5.1", here.Version.ToString(), "3.99.0");
        results.Select(result => result.WhyRecorded is null).Should().Equal(false, true, false);
        results[0].Source.Should()
            .Be("recorded on 2026-01-31 with CPython 3.5.1 on a CPU, 1 core, an OS, because no CPython of this version was found");
        results[1].Number("seconds").Should().Be(0.5);
    }

    [Fact]
    public async Task A_script_that_fails_is_reported_with_its_last_lines()
    {
        var here = await OnlyAsync();

        var measuring = () => Measurements(here).MeasureAsync("fails", [], CancellationToken.None);

        await measuring.Should().ThrowAsync<ProgramException>()
            .WithMessage($"fails.py ended with exit code 1 with {here}; its last output was:\n*ValueError: no such measurement");
    }

    [Fact]
    public async Task Where_a_script_fails_the_recorded_result_of_the_same_version_stands_in_and_tells_why()
    {
        var here = await OnlyAsync();
        _data.Write("recorded/fails.json", $"[{Report.Replace("VERSION", here.Version.ToString())}]");

        var result = await Measurements(here).MeasureAsync("fails", [], CancellationToken.None);

        result.Source.Should().Contain("because fails.py ended with exit code 1");
    }

    [Fact]
    public async Task Output_that_is_no_report_is_shown()
    {
        var here = await OnlyAsync();

        var measuring = () => Measurements(here).MeasureAsync("talks", [], CancellationToken.None);

        await measuring.Should().ThrowAsync<ProgramException>().WithMessage("*did not print a report*:\nhello");
    }

    [Fact]
    public async Task A_script_that_takes_too_long_is_ended_and_the_message_says_what_to_do()
    {
        var here = await OnlyAsync();

        var running = () => Measurements(here).RunAsync(
            "sleeps", [Path.Combine(_data.Path, "pids")], here, TimeSpan.FromSeconds(0.5), CancellationToken.None);

        await running.Should().ThrowAsync<ProgramException>()
            .WithMessage($"sleeps.py did not end within 0.5 s with {here} and was ended. Give it smaller sizes.");
    }

    [Fact]
    public async Task A_cancelled_script_is_ended_with_all_that_it_started_and_names_the_callers_token()
    {
        var here = await OnlyAsync();
        var pids = Path.Combine(_data.Path, "pids");
        using var cancellation = new CancellationTokenSource();
        var running = Measurements(here).RunAsync("sleeps", [pids], here, TimeSpan.FromMinutes(5), cancellation.Token);
        SpinWait.SpinUntil(() => File.Exists(pids), TimeSpan.FromMinutes(1)).Should().BeTrue();

        await cancellation.CancelAsync();

        var awaiting = () => running;
        (await awaiting.Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(cancellation.Token);
        AssertEnded(pids);
    }

    private static async Task<PythonInstallation> OnlyAsync() =>
        (await Pythons.OrSkipAsync()).Last(python => python.Implementation == "CPython");

    private PythonMeasurements Measurements(PythonInstallation python) =>
        new(new PythonFinder(name => name == PythonFinder.Setting ? python.Path : Environment.GetEnvironmentVariable(name)), _data.Path);

    private static void AssertEnded(string pids)
    {
        // Killed processes vanish when the system gets round to it; one that was not killed sleeps for 300 s.
        foreach (var pid in File.ReadAllText(pids).Split(' ').Select(int.Parse))
            SpinWait.SpinUntil(() => !IsRunning(pid), TimeSpan.FromSeconds(30)).Should().BeTrue();
    }

    private static bool IsRunning(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
