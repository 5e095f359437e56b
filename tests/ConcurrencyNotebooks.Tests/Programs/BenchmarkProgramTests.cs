using System.Diagnostics;
using System.Globalization;
using ConcurrencyNotebooks.Tests.Measurements;

namespace ConcurrencyNotebooks.Tests;

public sealed class BenchmarkProgramTests
{
    [Fact]
    public async Task What_switching_costs_is_measured_in_a_process_of_its_own()
    {
        var before = Entries();

        var report = await BenchmarkProgram.RunAsync("switching");

        report.Results.Select(result => result.Name).Should().Equal(
            "await, complete at once", "await that yields", "task on the pool", "thread, started and joined", "call into a process");
        report.Results.Should().OnlyContain(
            result => result.MeanNanoseconds > 0 && result.ErrorNanoseconds >= 0 && result.AllocatedBytes != null);
        (report.Results[3].MeanNanoseconds / report.Results[0].MeanNanoseconds).Should()
            .BeGreaterThan(20, "a thread costs more than an await that need not wait");
        report.Machine.Should().Be(Machine.Description);
        Entries().Should().BeEquivalentTo(before, "BenchmarkDotNet leaves its files elsewhere");
    }

    // The gallery may be written in the meantime.
    private static IEnumerable<string> Entries() =>
        Directory.GetFileSystemEntries(Environment.CurrentDirectory)
            .Where(path => !Path.GetFileName(path).StartsWith("gallery-", StringComparison.Ordinal));

    [Fact]
    public async Task The_program_ends_without_a_result_when_nobody_holds_its_input_any_more()
    {
        const string Name = "Benchmarks";
        var program = RepositoryFile.Find($"lib/{Name}/bin/Release/net10.0/{Name}.dll", $"lib/{Name}/bin/Debug/net10.0/{Name}.dll");
        using var folder = new TemporaryFolder();
        var start = new ProcessStartInfo("dotnet", [program, "switching", "--artifacts", folder.Path]) { RedirectStandardInput = true };
        using var benchmarks = Process.Start(start)!;

        benchmarks.StandardInput.Close();
        await benchmarks.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));

        benchmarks.ExitCode.Should().Be(1);
        Directory.GetFiles(folder.Path, "*.json", SearchOption.AllDirectories).Should().BeEmpty();
    }

    [Fact]
    public async Task A_program_that_fails_is_quoted()
    {
        var run = () => RunAsync(nameof(BenchmarkStandIn.FailAsync));

        await run.Should().ThrowAsync<ProgramException>().WithMessage("*no result; its last output was:\n*the stand-in is broken*");
    }

    [Fact]
    public async Task A_program_that_returns_without_a_result_is_an_error()
    {
        var run = () => RunAsync(nameof(BenchmarkStandIn.DoNothingAsync));

        await run.Should().ThrowAsync<ProgramException>().WithMessage("*ended with exit code 0 and no result.");
    }

    [Fact]
    public async Task Cancelling_ends_the_program()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        Environment.SetEnvironmentVariable(BenchmarkStandIn.PidFile, file);
        using var cancelled = new CancellationTokenSource();
        var run = RunAsync(nameof(BenchmarkStandIn.HangAsync), cancelled.Token);
        SpinWait.SpinUntil(() => File.Exists(file), TimeSpan.FromMinutes(1)).Should().BeTrue("the program writes its number there");
        var processId = int.Parse(await File.ReadAllTextAsync(file), CultureInfo.InvariantCulture);

        cancelled.Cancel();

        await FluentActions.Awaiting(() => run).Should().ThrowAsync<OperationCanceledException>();
        await OtherProcess.WaitUntilGoneAsync(processId, TimeSpan.FromSeconds(20));
        File.Delete(file);
    }

    private static Task<BenchmarkReport> RunAsync(string standIn, CancellationToken cancellationToken = default) =>
        BenchmarkProgram.RunAsync(typeof(BenchmarkStandIn).Assembly.Location, $"{nameof(BenchmarkStandIn)}.{standIn}", cancellationToken);
}

/// <summary>Plays the benchmark program; the process runs one of these.</summary>
internal static class BenchmarkStandIn
{
    public const string PidFile = "BENCHMARK_STAND_IN_PID_FILE";

    public static Task FailAsync() => throw new InvalidOperationException("the stand-in is broken");

    public static Task DoNothingAsync() => Task.CompletedTask;

    public static async Task HangAsync()
    {
        var file = Environment.GetEnvironmentVariable(PidFile)!;
        await File.WriteAllTextAsync(file + ".new", $"{Environment.ProcessId}");
        File.Move(file + ".new", file); // Complete as soon as it is there.
        await Task.Delay(Timeout.Infinite);
    }
}
