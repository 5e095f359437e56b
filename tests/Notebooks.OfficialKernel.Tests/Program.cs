namespace Notebooks.OfficialKernel.Tests;

/// <summary>The process in which the kernel runs a notebook: the tests start it with a notebook and a file for the results.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        if (args is not [var notebook, var results])
        {
            await Console.Error.WriteLineAsync("Run the tests with `dotnet test`; they start this program themselves.");
            return 2;
        }

        await KernelProcess.RunAsync(notebook, results);
        return 0;
    }
}
