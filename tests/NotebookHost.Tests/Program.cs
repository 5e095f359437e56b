using System.Globalization;
using Workshop.Isolation;

namespace NotebookHost.Tests;

/// <summary>
/// Starts a notebook whose cell never ends and says its process id: what happens when the owner is killed can only be shown
/// with an owner that may be killed.
/// </summary>
internal static class Program
{
    public static async Task Main(string[] args)
    {
        var notebook = await NotebookProcess.StartAsync(new NotebookProcessOptions());
        var id = notebook.Id.ToString(CultureInfo.InvariantCulture);
        await notebook.RunAsync("spin", args[0], Timeout.InfiniteTimeSpan, _ => Console.WriteLine(id));
    }
}
