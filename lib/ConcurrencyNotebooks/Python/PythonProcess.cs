using System.ComponentModel;
using CliWrap;
using CliWrap.Buffered;

namespace ConcurrencyNotebooks;

/// <summary>One run of a program, with no input and a limit of time.</summary>
internal static class PythonProcess
{
    /// <summary>Runs it to its end, or ends it with all that it started.</summary>
    /// <exception cref="Win32Exception">There is no such program, or it cannot be started.</exception>
    /// <exception cref="TimeoutException">It took too long and was ended.</exception>
    public static async Task<BufferedCommandResult> RunAsync(
        string program, IEnumerable<string> arguments, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            var command = Cli.Wrap(program).WithArguments(arguments).WithValidation(CommandResultValidation.None);
            return await command.ExecuteBufferedAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested(); // The caller's own token, and not the one that is linked to it.
            throw new TimeoutException($"It took longer than {timeout.TotalSeconds:0.#} s and was ended.");
        }
    }
}
