using System.Text;
using CliWrap;

namespace ConcurrencyNotebooks;

/// <summary>
/// The process of the loopback site. It watches this process and its own standard input, and ends with either; so nothing has to
/// be done, and nothing can be forgotten, on the paths on which this process does not come to disposing it.
/// </summary>
internal sealed class SiteProcess : IAsyncDisposable
{
    private const string Ready = "ready ";

    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Uri> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _errors = new();
    private readonly CancellationTokenSource _kill = new();
    private readonly CommandTask<CommandResult> _run;

    private SiteProcess(string assembly) =>
        _run = CompanionProgram.Command(assembly, $"{Environment.ProcessId}")
            .WithStandardInputPipe(CompanionProgram.OpenUntil(_end.Task))
            .WithStandardOutputPipe(PipeTarget.ToDelegate(line =>
            {
                if (line.StartsWith(Ready, StringComparison.Ordinal)) _ready.TrySetResult(new Uri(line[Ready.Length..]));
            }))
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(_errors))
            .ExecuteAsync(_kill.Token);

    /// <summary>The number of the process, known after it ended as well.</summary>
    public int Id => _run.ProcessId;

    public Uri Address => _ready.Task.Result; // Known: nobody gets a site before it is ready.

    public static async Task<SiteProcess> StartAsync(string assembly, CancellationToken cancellationToken)
    {
        var site = new SiteProcess(assembly);
        try
        {
            await Task.WhenAny(site._ready.Task, site._run.Task).WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
            if (site._ready.Task.IsCompletedSuccessfully) return site;
            var exitCode = (await site._run).ExitCode;
            throw new ProgramException($"The loopback site exited with code {exitCode} before it was ready", site._errors.ToString());
        }
        catch (Exception exception)
        {
            await site.DisposeAsync();
            if (exception is not TimeoutException) throw;
            throw new ProgramException("The loopback site was not ready in time", site._errors.ToString(), exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _end.TrySetResult();
        var run = (Task)_run.Task;
        await run.WaitAsync(TimeSpan.FromSeconds(2)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _kill.CancelAsync(); // Nothing happens where it has ended. Nobody waits for a timer of it, so it needs no disposing.
        await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
