namespace Benchmarks.Engine;

/// <summary>The plain host's process.</summary>
internal sealed class PlainProcess : IScriptHost
{
    /// <summary>This program again, beside the compiler as it comes from the package.</summary>
    private static readonly string Program =
        Path.Combine(AppContext.BaseDirectory, "plain", Path.GetFileName(typeof(PlainProcess).Assembly.Location));

    private readonly Process _process = Process.Start(
        new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Program, PlainHost.Verb])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;

    public async Task RunAsync(string cell, string expected)
    {
        await _process.StandardInput.WriteLineAsync(cell);
        var value = await _process.StandardOutput.ReadLineAsync();
        if (value != expected) throw new InvalidOperationException($"The plain host answers '{value}' to '{cell}', not '{expected}'.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
