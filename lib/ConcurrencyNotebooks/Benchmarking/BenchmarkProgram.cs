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
            var file = Path.Combine(folder.FullName, "results.json");
            var start = CompanionProgram.StartInfo(assembly, set, "--json", file);
            start.WorkingDirectory = folder.FullName;
            // The program ends when its input does, so that it does not outlive this process.
            var run = await ProgramRun.ToEndAsync(start, Timeout.InfiniteTimeSpan, closesInput: false, cancellationToken);
            if (run.ExitCode != 0 || !File.Exists(file))
            {
                var lastErrors = ProgramRun.LastLines(run.Errors, KeptLines);
                throw new CompanionProgramException($"The benchmarks '{set}' ended with exit code {run.ExitCode} and no result", run.ExitCode, lastErrors);
            }

            await using var json = File.OpenRead(file);
            return await JsonSerializer.DeserializeAsync<BenchmarkReport>(json, cancellationToken: cancellationToken)
                ?? throw new InvalidDataException($"The benchmarks '{set}' wrote null as their results.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
