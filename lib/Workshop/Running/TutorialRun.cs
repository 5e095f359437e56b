using System.Diagnostics;
using Workshop.Commands;
using Workshop.Handouts;
using Workshop.Lessons;
using Verdict = ConcurrencyNotebooks.Verdict;

namespace Workshop.Running;

/// <summary>
/// Runs notebooks one after the other, since two at once would disturb each other's measurements, and leaves behind
/// what was asked for: outputs in the notebooks, copies, handouts.
/// </summary>
internal sealed class TutorialRun
{
    private readonly RunOptions _options;
    private readonly IReadOnlyList<NotebookFile> _files;
    private readonly Repository? _repository = Repository.Find();
    private readonly MachinePaths _machinePaths;
    private readonly HandoutWriter? _handouts;
    private readonly List<NotebookRun> _runs = [];
    private bool _inputFailed;

    /// <exception cref="InputException">The options do not fit together or name what is not there.</exception>
    public TutorialRun(RunOptions options)
    {
        _options = options;
        _files = NotebookFiles.Resolve(options.Paths);
        _machinePaths = new MachinePaths(_repository?.Root);
        _handouts = CreateHandouts();
        if (options.Output is not null) PrepareOutput(options.Output);
    }

    /// <summary>Runs them all.</summary>
    /// <returns>The program's exit code.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        // From the start of the program, not of this method: what a person waits for is what is reported.
        var startedAt = Process.GetCurrentProcess().StartTime;
        var console = ProgramConsole.Create();
        var reporter = new ConsoleReporter(console, ProgramConsole.IsLive);
        var runner = new NotebookRunner(_options.CellTimeout, _machinePaths, reporter);

        var interrupted = false;
        try
        {
            _ = await reporter.WatchAsync(async () =>
            {
                foreach (var file in _files) await RunOneAsync(runner, reporter, file, cancellationToken);
                return true;
            });
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            interrupted = true;
        }

        var hasIndex = !interrupted && TryWriteIndex(reporter);
        if (_runs.Count > 0) new ClosingReport(console).Write(_runs, DateTime.Now - startedAt);
        if (hasIndex) reporter.Note($"Handouts: {_handouts!.IndexPath}");

        if (interrupted)
        {
            ProgramConsole.Complain($"Interrupted. {_runs.Count} of {_files.Count} notebooks had ended; nothing was written for the one that was running.");
            return ExitCode.Interrupted;
        }

        return Judge();
    }

    private async Task RunOneAsync(NotebookRunner runner, ConsoleReporter reporter, NotebookFile file, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        NotebookDocument document;
        try
        {
            document = NotebookDocument.Load(file.DisplayPath);
        }
        catch (Exception exception) when (exception is NotebookFormatException or IOException or UnauthorizedAccessException)
        {
            var unreadable = new NotebookRun(file, DateTimeOffset.Now) { Problem = exception.Message, IsUnreadable = true };
            _runs.Add(unreadable);
            reporter.NotebookEnded(unreadable);
            return;
        }

        var wantsHandout = _handouts is not null && HasHandout(file);
        var run = await runner.RunAsync(file, document, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        _runs.Add(run);
        Keep(run, document, reporter);
        if (!wantsHandout) return;

        var source = new HandoutSource(file, document) { RanAt = run.StartedAt, Duration = run.Duration, Stopped = !run.IsOk };
        _ = TryWrite(reporter, () =>
        {
            foreach (var problem in _handouts!.Write(source)) reporter.Note($"{file.Name}: {problem}.");
        });
    }

    // Saved outputs say "this is what the code shows"; those of a run that broke off would not.
    private void Keep(NotebookRun run, NotebookDocument document, ConsoleReporter reporter)
    {
        if (_options.Save || _options.Output is not null) document.StampOutputs();
        if (_repository?.HasNotebook(run.File) == true) document.Normalise();
        if (_options.Output is { } folder) Write(Path.Combine(folder, run.File.FileName));
        if (!_options.Save) return;
        if (run.IsOk) Write(run.File.Path);
        else reporter.Note($"{run.File.DisplayPath} was not saved, because it did not run to its end; its file is as it was.");

        void Write(string path)
        {
            try
            {
                document.Save(path);
            }
            catch (NotebookSaveException exception)
            {
                _inputFailed = true;
                ProgramConsole.Complain(exception.Message);
            }
        }
    }

    private bool TryWriteIndex(ConsoleReporter reporter)
    {
        if (_handouts is null || _runs.All(run => run.IsUnreadable)) return false;
        if (_files.Any(HasHandout)) return TryWrite(reporter, _handouts.WriteIndex);
        reporter.Note("No handouts: these notebooks are not in the repository's notebooks folder. Choose a folder with --handouts to get them.");
        return false;
    }

    // A handout that cannot be written must not end a run that others wait for.
    private bool TryWrite(ConsoleReporter reporter, Action write)
    {
        try
        {
            write();
            return true;
        }
        catch (Exception exception) when (exception is InputException or NotebookFormatException or IOException)
        {
            _inputFailed = true;
            reporter.Note(exception.Message);
            return false;
        }
    }

    private int Judge()
    {
        if (_inputFailed || _runs.Any(run => run.IsUnreadable)) return ExitCode.Usage;
        if (_runs.Any(run => !run.IsOk)) return ExitCode.Failed;
        var isError = _runs.SelectMany(run => run.Claims).Any(claim =>
            (_options.Strict && claim.Verdict == Verdict.Fails) || (_options.Decided && claim.Verdict == Verdict.Undecided));
        return isError ? ExitCode.Failed : ExitCode.Ok;
    }

    // Without a folder of their own, handouts are those of the lessons: a page of any other notebook would show up in
    // the tutorial's index.
    private bool HasHandout(NotebookFile file) => _options.Handouts is not null || _repository?.HasNotebook(file) == true;

    private HandoutWriter? CreateHandouts()
    {
        if (_options.Handouts is { } folder)
            return new HandoutWriter(Path.GetFullPath(folder), _files, _repository?.Root);
        return _repository is null ? null : new HandoutWriter(_repository.Handouts, NotebookFiles.Lessons(_repository), _repository.Root);
    }

    private void PrepareOutput(string folder)
    {
        var full = Path.GetFullPath(folder);
        var sources = _files.Select(file => RealPath.Of(file.Path)).ToHashSet(StringComparer.Ordinal);
        if (_files.FirstOrDefault(file => sources.Contains(RealPath.Of(Path.Combine(full, file.FileName)))) is { } source)
            throw new InputException($"--output {folder} is the folder of {source.FileName}, which it would overwrite. Choose another folder, or --save to write into the notebooks.");
        if (_files.GroupBy(file => file.FileName).FirstOrDefault(group => group.Count() > 1) is { } twins)
            throw new InputException($"Several of the notebooks are called {twins.Key}, and --output would keep only one. Run them one at a time.");
        try
        {
            Directory.CreateDirectory(full);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"The folder for --output cannot be made: {exception.Message}");
        }
    }
}
