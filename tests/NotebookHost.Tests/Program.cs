using System.Globalization;
using Workshop.Isolation;
using Xunit.Runner.InProc.SystemConsole;

namespace NotebookHost.Tests;

/// <summary>
/// Starts a notebook whose cell never ends and says its process id: what happens when the owner is killed can only be shown
/// with an owner that may be killed. X
/// </summary>
internal static class Program
{
    public const string OwnNotebook = "own-notebook";

    public static async Task<int> Main(string[] args)
    {
        if (args is not [OwnNotebook, var code])
            return await ConsoleRunner.Run(args);

        var notebook = await NotebookProcess.StartAsync(Environment.CurrentDirectory);
        var id = notebook.Id.ToString(CultureInfo.InvariantCulture);
        await notebook.RunAsync("spin", code, Timeout.InfiniteTimeSpan, _ => Console.WriteLine(id));
        return 0;
    }
}
