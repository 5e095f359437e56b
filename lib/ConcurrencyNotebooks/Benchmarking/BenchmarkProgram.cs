using System.Diagnostics;
using System.Text.Json;

namespace ConcurrencyNotebooks;

/// <summary>
/// Runs BenchmarkDotNet in a process of its own. In a notebook it does not work: a host loads its own Roslyn, and the code of
/// cells is not optimised. The compiled program hands its results back in a file.
/// </summary>
public static class BenchmarkProgram
{
    private const string Name = "ConcurrencyNotebooks.Benchmarks";
    private const int KeptCharacters = 2000;

    /// <summary>Runs a set of benchmarks; it takes about 20 seconds.</summary>
    /// <param name="set">Which: <c>switching</c>, what it costs to hand over a piece of work in each model.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    /// <exception cref="BenchmarkException">The program failed.</exception>
    /// <exception cref="FileNotFoundException">The program is not built.</exception>
    public static Task<BenchmarkReport> RunAsync(string set, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(set);
        var assembly = CompanionProgram.Find(
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
            using var process = Start(CompanionProgram.StartInfo(assembly, set, "--json", file), folder.FullName);
            var errors = await WaitAsync(process, cancellationToken);
            if (process.ExitCode != 0 || !File.Exists(file)) throw new BenchmarkException(set, process.ExitCode, errors);
            await using var json = File.OpenRead(file);
            return await JsonSerializer.DeserializeAsync<BenchmarkReport>(json, cancellationToken: cancellationToken)
                ?? throw new BenchmarkException(set, process.ExitCode, $"{file} holds null.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Process Start(ProcessStartInfo start, string folder)
    {
        start.WorkingDirectory = folder;
        return Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} gave no process.");
    }

    private static async Task<string> WaitAsync(Process process, CancellationToken cancellationToken)
    {
        try
        {
            // Both streams are read to their ends, or the program would stop at a full pipe.
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = await process.StandardError.ReadToEndAsync(cancellationToken);
            await output;
            await process.WaitForExitAsync(cancellationToken);
            return errors.Length > KeptCharacters ? "…" + errors[^KeptCharacters..].Trim() : errors.Trim();
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None); // Its folder cannot be deleted while it lives.
            throw;
        }
    }
}
