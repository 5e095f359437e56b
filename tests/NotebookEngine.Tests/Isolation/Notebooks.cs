namespace NotebookEngine.Tests.Isolation;

/// <summary>Starts notebooks in real processes of the test host program.</summary>
internal static class Notebooks
{
    /// <summary>Generous: a test that waits this long has failed, whatever the machine.</summary>
    public static readonly TimeSpan Ample = TimeSpan.FromSeconds(90);

    public static string HostPath { get; } = Path.Combine(AppContext.BaseDirectory, "NotebookEngine.TestHost.dll");

    public static string DotnetPath { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    public static NotebookProcessOptions Options => new() { Command = [DotnetPath, HostPath, NotebookHost.Verb] };

    public static Task<NotebookProcess> StartAsync() => NotebookProcess.StartAsync(Options);

    public static string TextOf(CellResult result) =>
        string.Concat(result.Outputs.OfType<StreamOutput>().Where(o => o.Name == StreamName.Stdout).Select(o => o.Text));

    public static string? ValueOf(CellResult result) =>
        result.Outputs.OfType<ResultOutput>().SingleOrDefault()?.Data["text/plain"];
}
