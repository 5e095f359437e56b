using System.Text.Json;

namespace ConcurrencyNotebooks;

/// <summary>
/// Runs BenchmarkDotNet in a process of its own. In a notebook it does not work: a host loads its own Roslyn, and the code of
/// cells is not optimised. The compiled program hands its results back in a file.
/// </summary>
public static class BenchmarkProgram
{
    private const string Name = "Benchmarks";
    private const int KeptLines = 20;

    /// <summary>Runs a set of benchmarks; it takes about 20 seconds.</summary>
    /// <param name="set">Which: <c>switching</c>, what it costs to hand over a piece of work in each model.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    /// <exception cref="CompanionProgramException">The program failed.</exception>
    /// <exception cref="FileNotFoundException">The program is not built.</exception>
    public static Task<BenchmarkReport> RunAsync(string set, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(set);
        var assembly = RepositoryFile.Find(
            $"lib/{Name}/bin/Release/net10.0/{Name}.dll", $"lib/{Name}/bin/Debug/net10.0/{Name}.dll");
        return RunAsync(assembly, set, cancellationToken);
    }

    internal static async Task<BenchmarkReport> RunAsync(string assembly, string set, CancellationToken cancellationToken)
    {
        // BenchmarkDotNet writes files of its own beside its results; the folder keeps them out of the reader's.
        var folder = Directory.CreateTempSubdirectory("benchmarks-");
        try
        {
            var start = CompanionProgram.StartInfo(assembly, set, "--artifacts", folder.FullName);
            start.WorkingDirectory = folder.FullName;
            // The program ends when its input does, so that it does not outlive this process.
            var run = await ProgramRun.ToEndAsync(start, Timeout.InfiniteTimeSpan, closesInput: false, cancellationToken);
            var file = folder.GetFiles("*-report-brief.json", SearchOption.AllDirectories).SingleOrDefault();
            if (run.ExitCode != 0 || file is null)
            {
                var lastErrors = ProgramRun.LastLines(run.Errors.Length > 0 ? run.Errors : run.Output, KeptLines);
                throw new CompanionProgramException($"The benchmarks '{set}' ended with exit code {run.ExitCode} and no result", run.ExitCode, lastErrors);
            }

            using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(file.FullName, cancellationToken));
            var results = json.RootElement.GetProperty("Benchmarks").EnumerateArray().Select(Result);
            return new BenchmarkReport("What it costs to hand over work", Machine.Description, [.. results]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static BenchmarkResult Result(JsonElement benchmark)
    {
        var method = benchmark.GetProperty("Method").GetString()!; // BenchmarkDotNet names the method of each benchmark.
        var statistics = benchmark.GetProperty("Statistics");
        return new(
            benchmark.GetProperty("MethodTitle").GetString()!.Trim('\''),
            Enum.GetValues<ConcurrencyModel>().Single(model => method.StartsWith(model.ToString(), StringComparison.Ordinal)),
            statistics.GetProperty("Mean").GetDouble(),
            statistics.GetProperty("ConfidenceInterval").GetProperty("Margin").GetDouble(),
            benchmark.GetProperty("Memory").GetProperty("BytesAllocatedPerOperation").GetInt64());
    }
}
