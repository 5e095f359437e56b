using System.ComponentModel;
using System.Diagnostics;

namespace ConcurrencyNotebooks;

/// <summary>Runs one program to its end, or ends it with all that it started.</summary>
internal static class PythonProcess
{
    /// <exception cref="Win32Exception">There is no such program, or it cannot be started.</exception>
    /// <exception cref="TimeoutException">It took too long and was ended.</exception>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        string program, IEnumerable<string> arguments, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
                CreateNoWindow = true,
            },
        };
        process.Start();
        try
        {
            process.StandardInput.Close(); // whatever asks for input gets none, instead of waiting for the reader's
            limit.CancelAfter(timeout);

            // Both at once: a program that fills one pipe while nobody reads it would wait for ever.
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await Task.WhenAll(output, errors, process.WaitForExitAsync(limit.Token));
            return (process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"It took longer than {timeout.TotalSeconds:0.#} s and was ended.");
        }
        catch (OperationCanceledException)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        finally
        {
            End(process);
        }
    }

    private static void End(Process process)
    {
        try
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It, or one of its children, ended between the question and the answer: that is what was wanted.
        }
    }
}
