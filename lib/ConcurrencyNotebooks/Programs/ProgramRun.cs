using System.ComponentModel;
using System.Diagnostics;

namespace ConcurrencyNotebooks;

/// <summary>One run of a program to its end.</summary>
internal sealed record ProgramRun(int ExitCode, string Output, string Errors)
{
    /// <summary>How to start a program with all three streams redirected.</summary>
    public static ProcessStartInfo StartInfo(string program, IEnumerable<string> arguments) => new(program, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        UseShellExecute = false,
        CreateNoWindow = true,
    };

    /// <summary>Runs the program to its end, or ends it with all that it started; its input stays open until then, or is empty.</summary>
    /// <exception cref="Win32Exception">There is no such program, or it cannot be started.</exception>
    /// <exception cref="TimeoutException">It took too long and was ended.</exception>
    public static async Task<ProgramRun> ToEndAsync(
        ProcessStartInfo start, TimeSpan timeout, bool closesInput, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var process = new Process { StartInfo = start };
        process.Start();
        try
        {
            if (closesInput) process.StandardInput.Close();
            limit.CancelAfter(timeout);

            // Both at once: a program that fills one pipe while nobody reads it would wait for ever.
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await Task.WhenAll(output, errors, process.WaitForExitAsync(limit.Token));
            return new(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested(); // The caller's own token, and not the one that is linked to it.
            throw new TimeoutException($"It took longer than {timeout.TotalSeconds:0.#} s and was ended.");
        }
        finally
        {
            await EndAsync(process);
        }
    }

    /// <summary>The last lines of what a program wrote, without empty ones.</summary>
    public static string LastLines(string text, int count) =>
        string.Join('\n', text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(count));

    private static async Task EndAsync(Process process)
    {
        try
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It, or one of its children, ended between the question and the answer: that is what was wanted.
        }

        await process.WaitForExitAsync(CancellationToken.None); // The files that it holds open are free only then.
    }
}
