using Workshop.Isolation;

namespace Benchmarks.Engine;

/// <summary>The host as the notebooks' program runs it: a notebook's process, compiled ahead of time.</summary>
internal sealed class EngineProcess(NotebookProcess notebook) : IScriptHost
{
    public static async Task<IScriptHost> StartAsync() => new EngineProcess(await NotebookProcess.StartAsync(new NotebookProcessOptions()));

    public async Task RunAsync(string cell, string expected)
    {
        var result = await notebook.RunAsync("trivial", cell, Timeout.InfiniteTimeSpan);
        var value = result.Outputs.SingleOrDefault(output => output.Type == CellOutput.ResultType)?.Form("text/html");
        if (value?.Contains($">{expected}<", StringComparison.Ordinal) != true)
            throw new InvalidOperationException($"The host answers '{value}' to '{cell}', not '{expected}': {result.Error}");
    }

    public ValueTask DisposeAsync() => notebook.DisposeAsync();
}
