using System.Diagnostics;

namespace NotebookHost.Tests;

internal static class Processes
{
    /// <summary>Waits for a process to be gone; fails, and ends it, when it stays.</summary>
    public static async Task EndOfAsync(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            try
            {
                await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
            }
            catch (TimeoutException)
            {
                process.Kill();
                Assert.Fail($"The process {id} was left behind.");
            }
        }
        catch (ArgumentException)
        {
            // Gone already.
        }
    }
}
