using Workshop.Handouts;
using Workshop.Isolation;
using Workshop.Running;

namespace Workshop.Commands;

/// <summary>
/// Runs notebooks one after the other, since two at once would disturb each other's measurements, and leaves behind
/// what was asked for: outputs in the notebooks, copies, handouts.
/// </summary>
internal sealed class TutorialRun
{
    private readonly RunOptions _options;
    private readonly IReadOnlyList<NotebookFile> _files;
    private readonly Repository? _repository = Repository.Find();
    private readonly HandoutWriter? _handouts;
    private readonly Func<Task<INotebookSession>>? _start;
    private readonly RunReport _report = new(RunConsole.OfProgram());
    private readonly List<NotebookRun> _runs = [];
    private bool _inputFailed;

    public TutorialRun(RunOptions options, Func<Task<INotebookSession>>? start = null)
    {
        (_options, _start) = (options, start);
        _files = NotebookFiles.Resolve(options.Paths);
        _handouts = CreateHandouts();
        if (options.Output is not null) PrepareOutput(options.Output);
    }

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        // From the start of the program, not of this method: what a person waits for is what is reported.
        var startedAt = Process.GetCurrentProcess().StartTime;
        try
        {
            await _report.WatchAsync(async () =>
            {
                foreach (var file in _files) await RunOneAsync(file, cancellationToken);
            });
        }
        catch (OperationCanceledException)
        {
            _report.Close(_runs, DateTime.Now - startedAt);
            RunConsole.Complain($"{_runs.Count} of {_files.Count} notebooks had ended; nothing was written for the one that was running.");
            throw;
        }

        var hasIndex = TryWriteIndex();
        _report.Close(_runs, DateTime.Now - startedAt);
        if (hasIndex) _report.Note($"Handouts: {_handouts!.IndexPath}");
        return Judge();
    }

    private async Task RunOneAsync(NotebookFile file, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        NotebookDocument document;
        try
        {
            document = NotebookDocument.Load(file.DisplayPath);
        }
        catch (Exception exception) when (InputException.Explains(exception))
        {
            _runs.Add(new NotebookRun(file, CodeCells: 0) { Problem = exception.Message, IsUnreadable = true });
            _report.NotebookEnded(_runs[^1]);
            return;
        }

        NotebookRun run;
        await using (var runner = new NotebookRunner(file, _options.CellTimeout, _repository?.Root, _report, _start))
            run = (await runner.RunAsync(document, _ => true, cancellationToken))!;
        cancellationToken.ThrowIfCancellationRequested();
        _runs.Add(run);
        Keep(run, document);
        if (_handouts?.HasPage(file) != true) return;
        var source = new HandoutSource(file, document) { RanAt = run.StartedAt, Duration = run.Duration, Stopped = !run.IsOk };
        TryWrite(_report.Note, () =>
        {
            foreach (var problem in _handouts.Write(source)) _report.Note($"{file.Name}: {problem}.");
        });
    }

    // Saved outputs say "this is what the code shows"; those of a run that broke off would not.
    private void Keep(NotebookRun run, NotebookDocument document)
    {
        if (_options.Save || _options.Output is not null) document.StampOutputs();
        if (_repository?.HasNotebook(run.File) == true) document.Normalise();
        if (_options.Output is { } folder)
            TryWrite(RunConsole.Complain, () => document.Save(Path.Combine(folder, run.File.FileName)));
        if (_options.Save && run.IsOk) TryWrite(RunConsole.Complain, () => document.Save(run.File.Path));
        else if (_options.Save)
            _report.Note($"{run.File.DisplayPath} was not saved, because it did not run to its end; its file is as it was.");
    }

    private bool TryWriteIndex()
    {
        if (_handouts is null || _runs.All(run => run.IsUnreadable)) return false;
        if (_files.Any(_handouts.HasPage)) return TryWrite(_report.Note, _handouts.WriteIndex);
        _report.Note("No handouts: these notebooks are not lessons of the repository. Choose a folder with --handouts to get them.");
        return false;
    }

    // What cannot be written must not end a run that others wait for.
    private bool TryWrite(Action<string> tell, Action write)
    {
        try
        {
            write();
            return true;
        }
        catch (Exception exception) when (InputException.Explains(exception))
        {
            _inputFailed = true;
            tell(exception.Message);
            return false;
        }
    }

    private int Judge()
    {
        if (_inputFailed || _runs.Exists(run => run.IsUnreadable)) return ExitCode.Usage;
        var verdicts = _runs.SelectMany(run => run.Claims).Select(claim => claim.Verdict).ToHashSet();
        var isFailed = _runs.Exists(run => !run.IsOk)
            || (_options.Strict && verdicts.Contains(Verdict.Fails))
            || (_options.Decided && verdicts.Contains(Verdict.Undecided));
        return isFailed ? ExitCode.Failed : ExitCode.Ok;
    }

    // Without a folder of their own, handouts are those of the lessons: a page of any other notebook would show up in
    // the tutorial's index.
    private HandoutWriter? CreateHandouts()
    {
        if (_options.Handouts is { } folder) return new HandoutWriter(Path.GetFullPath(folder), _files, _repository?.Root);
        return _repository is null
            ? null
            : new HandoutWriter(_repository.Handouts, NotebookFiles.Lessons(_repository.Notebooks), _repository.Root);
    }

    private void PrepareOutput(string folder)
    {
        if (File.Exists(folder)) throw new InputException($"--output takes a folder; {folder} is a file.");
        var sources = _files.Select(file => RealPath.Of(file.Path)).ToHashSet(StringComparer.Ordinal);
        if (_files.FirstOrDefault(file => sources.Contains(RealPath.Of(Path.Combine(folder, file.FileName)))) is { } source)
        {
            throw new InputException(
                $"--output {folder} is the folder of {source.FileName}, which it would overwrite. "
                + "Choose another folder, or --save to write into the notebooks.");
        }

        if (_files.GroupBy(file => file.FileName).FirstOrDefault(group => group.Count() > 1) is { } twins)
        {
            throw new InputException(
                $"Several of the notebooks are called {twins.Key}, and --output would keep only one. Run them one at a time.");
        }

        Directory.CreateDirectory(folder);
    }
}
