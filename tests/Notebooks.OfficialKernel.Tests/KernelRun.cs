using System.Diagnostics;
using System.Text.Json;

namespace Notebooks.OfficialKernel.Tests;

/// <summary>A run of a notebook in a <see cref="KernelProcess"/> of its own.</summary>
/// <param name="Cells">What came of the cells, up to the one that ended the process, if any did.</param>
/// <param name="ExitCode">That of the process.</param>
/// <param name="Output">What was written past the kernel: by a crash, for example.</param>
internal sealed record KernelRun(IReadOnlyList<CellReport> Cells, int ExitCode, string Output)
{
    // For a cell that hangs, which the kernel itself cannot end.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    public static async Task<KernelRun> OfAsync(string notebook)
    {
        var results = Path.GetTempFileName();
        var start = new ProcessStartInfo(DotNet.Path, [typeof(KernelRun).Assembly.Location, notebook, results])
        {
            WorkingDirectory = Path.GetDirectoryName(notebook),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["CONCURRENCY_NOTEBOOKS_QUICK"] = "1" },
        };
        using var process = Process.Start(start)!;
        try
        {
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            using var deadline = new CancellationTokenSource(Patience);
            await process.WaitForExitAsync(deadline.Token);
            return new KernelRun(Read(results), process.ExitCode, await output + await error);
        }
        catch (OperationCanceledException)
        {
            var last = Read(results).LastOrDefault()?.Id;
            throw new TimeoutException($"{notebook} ran for {Patience.TotalMinutes} minutes; the last cell to end was '{last}'.");
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            File.Delete(results);
        }
    }

    private static List<CellReport> Read(string results) =>
        [.. File.ReadLines(results).Select(line => JsonSerializer.Deserialize<CellReport>(line)!)];
}
