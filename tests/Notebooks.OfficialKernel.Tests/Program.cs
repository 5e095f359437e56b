using Xunit.Runner.InProc.SystemConsole;

namespace Notebooks.OfficialKernel.Tests;

/// <summary>The process in which the kernel runs a notebook: the tests start it with a notebook and a file for the results.</summary>
/// <remarks>With other arguments it runs the tests.</remarks>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        if (args is not [var notebook, var results] || !notebook.EndsWith(".ipynb", StringComparison.Ordinal))
            return await ConsoleRunner.Run(args);

        await KernelProcess.RunAsync(notebook, results);
        return 0;
    }
}
