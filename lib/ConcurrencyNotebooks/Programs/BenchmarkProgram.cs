using CliWrap;
using CliWrap.Buffered;

namespace ConcurrencyNotebooks;

/// <summary>
/// Runs BenchmarkDotNet in a process of its own. In a notebook it does not work: a host loads its own Roslyn, and the code of
/// cells is not optimised. The compiled program hands its results back in a file.
/// </summary>
/// <example>
/// <code>
/// var costs = await BenchmarkProgram.RunAsync("switching");
/// costs
/// </code>
/// </example>
public static class BenchmarkProgram
{
    private const string Name = "Benchmarks";

    // What BenchmarkDotNet prints before each benchmark, followed by its name.
    private const string OneBenchmark = "// Benchmark: ";

    /// <summary>Runs a set of benchmarks; it takes some ten seconds.</summary>
    /// <param name="set">The set: <c>switching</c>, what it costs to hand over a piece of work in each model.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    /// <exception cref="ProgramException">The program failed.</exception>
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
            using var progress = new ProgressLine();

            // The program ends when its input does, so that it does not outlive this process.
            var run = await CompanionProgram.Command(assembly, set, "--artifacts", folder.FullName)
                .WithWorkingDirectory(folder.FullName)
                .WithStandardInputPipe(CompanionProgram.OpenUntil(Task.Delay(Timeout.Infinite, cancellationToken)))
                .WithStandardOutputPipe(PipeTarget.ToDelegate(line =>
                {
                    if (line.StartsWith(OneBenchmark, StringComparison.Ordinal)) progress.Show(() => line[OneBenchmark.Length..]);
                }))
                .ExecuteBufferedAsync(cancellationToken);
            var file = folder.GetFiles("*-report-brief.json", SearchOption.AllDirectories).SingleOrDefault();
            if (run.ExitCode != 0 || file is null)
            {
                var errors = run.StandardError.Length > 0 ? run.StandardError : run.StandardOutput;
                throw new ProgramException($"The benchmarks '{set}' ended with exit code {run.ExitCode} and no result", errors);
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
