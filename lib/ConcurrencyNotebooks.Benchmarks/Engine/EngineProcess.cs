using System.Diagnostics;
using NotebookEngine;

namespace ConcurrencyNotebooks.Benchmarks.Engine;

/// <summary>The engine as the program runs it: a notebook's process, compiled ahead of time.</summary>
internal sealed class EngineProcess(NotebookProcess notebook) : IScriptHost
{
    public double PeakMegabytes
    {
        get
        {
            using var process = Process.GetProcessById(notebook.Id);
            return process.PeakWorkingSet64 / 1e6;
        }
    }

    public static async Task<IScriptHost> StartAsync() => new EngineProcess(await NotebookProcess.StartAsync(
        new NotebookProcessOptions { Command = [EngineBenchmark.DotnetPath, EngineBenchmark.ProgramPath, NotebookHost.Verb] }));

    public async Task RunAsync(string cell, string expected)
    {
        var result = await notebook.RunAsync("trivial", cell, Timeout.InfiniteTimeSpan);
        var value = result.Outputs.OfType<ResultOutput>().SingleOrDefault()?.Data["text/plain"];
        if (value != expected) throw new InvalidOperationException($"The engine says '{value}' to '{cell}', not '{expected}': {result.Error}");
    }

    public ValueTask DisposeAsync() => notebook.DisposeAsync();
}
