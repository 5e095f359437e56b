using System.Text.RegularExpressions;

namespace ConcurrencyNotebooks.Tests.Measurements;

/// <summary>What the notebooks show where there is no Python: complete, and in agreement with what they say about it.</summary>
public sealed class RecordedResultsTests
{
    private readonly PythonMeasurements _recorded =
        new(new PythonFinder(name => name == PythonFinder.Setting ? "none" : null), ConcurrencyNotebooks.Python.DataFolder);

    public static TheoryData<string> Scripts => [.. Directory
        .EnumerateFiles(Path.Combine(ConcurrencyNotebooks.Python.DataFolder, "python"), "*.py")
        .Select(file => Path.GetFileNameWithoutExtension(file))
        .Where(script => script is not ("reporting" or "record"))];

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Every_script_is_recorded_for_every_version(string script)
    {
        var results = await _recorded.MeasureEveryVersionAsync(script, [], 1, CancellationToken.None);

        // Pools of CPython 3.6 cannot be told how to start their processes.
        string[] versions = ["3.6", "3.7", "3.8", "3.9", "3.10", "3.11", "3.12", "3.13"];
        results.Select(result => string.Join('.', result.Version.Split('.').Take(2)))
            .Should().StartWith(versions.Skip(script == "process_pool" ? 1 : 0));
        results.Should().OnlyContain(result => result.WhyRecorded != null && result.Script == script);
        results.Select(result => result.Source).Should()
            .OnlyContain(source => Regex.IsMatch(source, @"^recorded on \d{4}-\d\d-\d\d with CPython 3\.\d+\.\d+ on .+, because "));
    }

    [Fact]
    public async Task Without_a_Python_the_newest_recorded_version_stands_in()
    {
        var every = await _recorded.MeasureEveryVersionAsync("io_waits", [], 1, CancellationToken.None);

        var one = await _recorded.MeasureAsync("io_waits", [], CancellationToken.None);

        one.Version.Should().Be(every.Last(result => result.HasInterpreterLock).Version);
        one.Source.Should().EndWith("because CONCURRENCY_NOTEBOOKS_PYTHON is \"none\"");
    }

    [Fact]
    public async Task Recorded_with_other_arguments_is_another_result()
    {
        var small = await _recorded.MeasureAsync("cpu_threads", [], CancellationToken.None);
        var full = await _recorded.MeasureAsync("cpu_threads", ["--n", "1000000"], CancellationToken.None);

        small.Number("n").Should().Be(500_000);
        full.Number("n").Should().Be(1_000_000);
    }

    [Fact]
    public async Task Until_3_9_the_plain_statement_loses_increments_and_since_3_10_it_keeps_all()
    {
        var results = await _recorded.MeasureEveryVersionAsync("counter_race", [], 1, CancellationToken.None);

        foreach (var result in results.Where(result => result.HasInterpreterLock))
        {
            var isOld = Version.Parse(result.Version) < new Version(3, 10);
            result.Numbers("plain.counted").Should().OnlyContain(counted => counted < 2_000_000 == isOld, result.Version);
            result.Numbers("with_a_call.counted").Should().OnlyContain(counted => counted < 2_000_000, result.Version);
            result.Numbers("locked.counted").Should().OnlyContain(counted => counted == result.Number("locked.expected"), result.Version);
        }
    }

    [Fact]
    public async Task Recorded_results_tell_neither_paths_nor_hosts()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(ConcurrencyNotebooks.Python.DataFolder, "recorded")))
            (await File.ReadAllTextAsync(file)).Should().NotContainAny("/home", "/usr", "/root", "/tmp", "C:\\", Environment.MachineName);
    }

    [Fact]
    public async Task An_unknown_script_is_answered_with_those_that_exist()
    {
        var measuring = () => _recorded.MeasureAsync("counter_rice", [], CancellationToken.None);

        await measuring.Should().ThrowAsync<FileNotFoundException>().WithMessage("*\"counter_rice\"*counter_race, cpu_threads*");
    }

    [Fact]
    public async Task Arguments_that_are_not_recorded_need_a_Python()
    {
        var measuring = () => _recorded.MeasureAsync("cpu_threads", ["--n", "5"], CancellationToken.None);

        await measuring.Should().ThrowAsync<InvalidOperationException>()
            .WithMessage("*cpu_threads --n 5 nothing is recorded*Install Python*");
    }

    [Fact]
    public async Task A_number_that_is_not_there_is_answered_with_those_that_are()
    {
        var result = await _recorded.MeasureAsync("counter_race", [], CancellationToken.None);

        var asking = () => result.Number("plain.lost");

        asking.Should().Throw<KeyNotFoundException>().WithMessage("*\"plain.lost\"*plain.counted (Array)*");
    }
}
