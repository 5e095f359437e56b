using System.Diagnostics;

namespace Benchmarks.Engine;

/// <summary>The plain host's process.</summary>
internal sealed class PlainProcess : IScriptHost
{
    private readonly Process _process = Process.Start(
        new ProcessStartInfo(EngineBenchmark.DotnetPath, [EngineBenchmark.PlainPath, PlainHost.Verb])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;

    public double PeakMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64 / 1e6;
        }
    }

    public async Task RunAsync(string cell, string expected)
    {
        await _process.StandardInput.WriteLineAsync(cell);
        await _process.StandardInput.FlushAsync();
        var value = await _process.StandardOutput.ReadLineAsync();
        if (value != expected) throw new InvalidOperationException($"The plain host says '{value}' to '{cell}', not '{expected}'.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
