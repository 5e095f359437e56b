using System.Diagnostics;

namespace ConcurrencyNotebooks;

/// <summary>
/// The process of the loopback site. It watches this process and its own standard input, and ends with either; so nothing has to
/// be done, and nothing can be forgotten, on the paths on which this process does not come to disposing it.
/// </summary>
internal sealed class SiteProcess : IAsyncDisposable
{
    private const string Ready = "ready ";
    private const int KeptLines = 12;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly Task<string> _errors;
    private int _disposed;

    private SiteProcess(Process process)
    {
        _process = process;
        Id = process.Id;
        _errors = process.StandardError.ReadToEndAsync(); // From the start: a full pipe would stop the site.
    }

    /// <summary>The number of the process, known after it ended as well.</summary>
    public int Id { get; }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public static async Task<SiteProcess> StartAsync(string assembly, CancellationToken cancellationToken)
    {
        var start = CompanionProgram.StartInfo(assembly, $"{Environment.ProcessId}");
        var site = new SiteProcess(Process.Start(start) ?? throw new CompanionProgramException($"{start.FileName} gave no process"));
        try
        {
            await site.BecomeReadyAsync(cancellationToken);
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The process is gone, and the pipe with it: that is what closing was for.
        }

        using var limit = new CancellationTokenSource(EndLimit);
        await _process.WaitForExitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (limit.IsCancellationRequested) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private async Task BecomeReadyAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        try
        {
            while (await _process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                if (!line.StartsWith(Ready, StringComparison.Ordinal)) continue;
                Address = new Uri(line[Ready.Length..]);
                return;
            }

            await _process.WaitForExitAsync(limit.Token);
            var (exitCode, errors) = (_process.ExitCode, await LastErrorsAsync());
            throw new CompanionProgramException($"The loopback site exited with code {exitCode} before it was ready", exitCode, errors);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested(); // The caller's own token, and not the one that is linked to it.
            _process.Kill(entireProcessTree: true); // What it writes ends with it.
            throw new CompanionProgramException("The loopback site was not ready in time", lastErrors: await LastErrorsAsync());
        }
    }

    private async Task<string> LastErrorsAsync() => ProgramRun.LastLines(await _errors, KeptLines);
}
