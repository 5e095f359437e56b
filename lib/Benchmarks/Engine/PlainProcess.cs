using Workshop.Isolation;

namespace Benchmarks.Engine;

/// <summary>The plain host's process: this program again, beside the compiler as it comes from the package.</summary>
internal sealed class PlainProcess : INotebookSession
{
    private readonly Process _process = ThisProgram.Start("plain", PlainHost.Verb);

    public bool IsAlive => !_process.HasExited;

    public async Task<CellResult> RunAsync(
        string cellId, string code, TimeSpan timeout, Action<CellOutput>? onOutput, int? number, CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteLineAsync(code);
        var value = await _process.StandardOutput.ReadLineAsync(cancellationToken);
        return new CellResult([CellOutput.Result([("text/html", $">{value}<")])], TimeSpan.Zero, null);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
