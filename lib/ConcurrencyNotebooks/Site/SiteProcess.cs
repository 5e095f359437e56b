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
    private readonly Queue<string> _lastErrors = [];
    private int _disposed;

    private SiteProcess(Process process)
    {
        _process = process;
        Id = process.Id;
    }

    /// <summary>The number of the process, known after it ended as well.</summary>
    public int Id { get; }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public static async Task<SiteProcess> StartAsync(string assembly, CancellationToken cancellationToken)
    {
        var start = CompanionProgram.StartInfo(assembly, $"{Environment.ProcessId}");
        var site = new SiteProcess(Process.Start(start) ?? throw new SiteStartException(null, $"{start.FileName} gave no process."));
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
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginErrorReadLine();

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

            // Waiting for the exit also waits for the end of the error stream, so nothing that it said is missed.
            await _process.WaitForExitAsync(limit.Token);
            throw new SiteStartException(_process.ExitCode, LastErrors());
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested(); // The caller's own token, and not the one that is linked to it.
            throw new SiteStartException(null, LastErrors());
        }
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_lastErrors)
        {
            _lastErrors.Enqueue(line);
            if (_lastErrors.Count > KeptLines) _lastErrors.Dequeue();
        }
    }

    private string LastErrors()
    {
        lock (_lastErrors) return string.Join('\n', _lastErrors);
    }
}
