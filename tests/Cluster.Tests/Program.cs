using Xunit.Runner.InProc.SystemConsole;

namespace Cluster.Tests;

/// <summary>
/// With <c>own</c> as its argument a program that owns a cluster until its input ends, or somebody kills it, and never disposes it;
/// otherwise it runs the tests.
/// </summary>
internal static class Program
{
    public const string Own = "own";

    private static async Task<int> Main(string[] args)
    {
        if (args is not [Own]) return await ConsoleRunner.Run(args);

        var cluster = await LocalCluster.StartAsync(silos: 1);
        Console.WriteLine(string.Join(' ', cluster.Pids));
        await Console.In.ReadLineAsync();
        return 0;
    }
}
