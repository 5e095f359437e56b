using System.ComponentModel;
using CliWrap;
using CliWrap.Buffered;

namespace ConcurrencyNotebooks;

/// <summary>
/// A Python on this machine that runs the repository's scripts: CPython, PyPy or another. Its interpreter lock can be in use in a
/// free-threaded build too.
/// </summary>
internal sealed record PythonInstallation(string Path, Version Version, string Implementation, bool HasInterpreterLock)
{
    /// <summary>A recorded result of the same build can stand in for this one.</summary>
    public (Version Minor, bool HasLock) Build => (new(Version.Major, Version.Minor), HasInterpreterLock);

    /// <summary>Such as <c>CPython 3.11.7</c>. No path: a notebook that is passed on tells none.</summary>
    public override string ToString() => Describe(Implementation, Version.ToString(), HasInterpreterLock);

    public static string Describe(string implementation, string version, bool hasInterpreterLock) =>
        $"{implementation} {version}{(hasInterpreterLock ? "" : " without interpreter lock")}";

    /// <summary>Runs a program without input to its end, or ends it with all that it started.</summary>
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
