using System.Reflection;
using System.Text.Json;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace Benchmarks;

/// <summary>
/// The verb `switching [--json file]`: prints a table, or writes it as JSON for the notebook that started it and that holds its
/// standard input open as long as it wants the results.
/// </summary>
internal static class SwitchingCommand
{
    public static int Run(string[] options)
    {
        if (options is not ([] or ["--json", _]))
        {
            Console.Error.WriteLine("Usage: switching [--json file]");
            return 2;
        }

        var log = new AccumulationLogger();
        var artifacts = Directory.CreateTempSubdirectory("benchmarks-");
        if (options is ["--json", ..]) EndWithInput(artifacts);
        try
        {
            var summary = BenchmarkRunner.Run<SwitchingBenchmarks>(Config(log, artifacts.FullName));
            if (summary.HasCriticalValidationErrors || summary.Reports.Any(report => report.ResultStatistics is null))
            {
                Console.Error.WriteLine(log.GetLog());
                return 1;
            }

            var report = new ConcurrencyNotebooks.BenchmarkReport("What it costs to hand over work", Machine.Description, [.. summary.Reports.Select(Result)]);
            if (options is [_, var file]) File.WriteAllText(file, JsonSerializer.Serialize(report));
            else Console.WriteLine(report);
            return 0;
        }
        finally
        {
            artifacts.Delete(recursive: true);
        }
    }

    // When whoever started this is killed, nobody is left to end it.
    private static void EndWithInput(DirectoryInfo artifacts)
    {
        void WaitForEnd()
        {
            using var input = Console.OpenStandardInput();
            while (input.ReadByte() >= 0)
            {
                // Nobody writes here; it is the end that counts.
            }

            try
            {
                artifacts.Delete(recursive: true);
            }
            catch (IOException)
            {
                // A log is being written there at this moment; a temporary folder more is no reason to stay.
            }

            Environment.Exit(1);
        }

        new Thread(WaitForEnd) { IsBackground = true, Name = "end of input" }.Start();
    }

    // In this process, because building a program for each benchmark takes longer than running it; and short iterations, because
    // a reader waits for the result. The error that is reported with it says what that costs in certainty.
    private static ManualConfig Config(ILogger log, string artifacts) => ManualConfig.CreateEmpty()
        .AddJob(Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance)
            // An empty call takes a nanosecond, and no benchmark here makes less than ten microseconds of one call.
            .WithEvaluateOverhead(false)
            .WithWarmupCount(3)
            .WithIterationCount(8)
            .WithIterationTime(TimeInterval.FromMilliseconds(60)))
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .AddLogger(log)
        .WithArtifactsPath(artifacts);

    private static BenchmarkResult Result(BenchmarkDotNet.Reports.BenchmarkReport report)
    {
        var descriptor = report.BenchmarkCase.Descriptor;
        var statistics = report.ResultStatistics!; // Run returned before if there were none.
        return new(
            descriptor.WorkloadMethodDisplayInfo.Trim('\''),
            descriptor.WorkloadMethod.GetCustomAttribute<ShowsAttribute>()!.Model, // Every benchmark here has one.
            statistics.Mean,
            statistics.ConfidenceInterval.Margin,
            report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase));
    }
}
