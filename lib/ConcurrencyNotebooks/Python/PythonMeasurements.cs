using System.ComponentModel;

namespace ConcurrencyNotebooks;

/// <summary>Runs the scripts of a data folder, and falls back on what is recorded there.</summary>
internal sealed class PythonMeasurements(PythonFinder finder, string dataFolder)
{
    /// <summary>The longest script takes half a minute with the slowest version; a machine may be ten times slower.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(5);

    public async Task<PythonResult> RunAsync(
        string script, IReadOnlyList<string> arguments, PythonInstallation python, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var (file, output) = (ScriptFile(script), "");
        try
        {
            // -B: nothing is written beside the scripts.
            var run = await PythonInstallation.RunAsync(python.Path, ["-B", file, .. arguments], timeout, cancellationToken);
            if (run.ExitCode != 0)
                throw new ProgramException($"{script}.py ended with exit code {run.ExitCode} with {python}", run.StandardError);
            output = run.StandardOutput;
            return new(JsonSerializer.Deserialize<JsonElement>(output));
        }
        catch (TimeoutException exception)
        {
            throw new ProgramException(
                $"{script}.py did not end within {timeout.TotalSeconds:0.#} s with {python} and was ended. Give it smaller sizes",
                cause: exception);
        }
        catch (Win32Exception exception)
        {
            throw new ProgramException($"{python} could not be started for {script}.py: {exception.Message}", cause: exception);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ProgramException(
                $"{script}.py with {python} did not print a report of the form that data/python/reporting.py gives it", output, exception);
        }
    }

    /// <summary>With the newest CPython that has its lock, or as recorded with the newest such.</summary>
    public async Task<PythonResult> MeasureAsync(string script, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var recorded = ReadRecorded(script, arguments, "no Python was found");
        var installed = await FindVersionsAsync(cancellationToken);
        var python = installed.LastOrDefault(python => python.HasInterpreterLock) ?? installed.LastOrDefault();
        if (python is not null) return await RunOrRecallAsync(script, arguments, python, recorded, cancellationToken);
        var recalled = recorded.LastOrDefault(result => result.HasInterpreterLock) ?? recorded.LastOrDefault()
            ?? throw NothingToShow(script, arguments);
        return recalled with { WhyRecorded = recalled.WhyRecorded + PassedOver() };
    }

    /// <summary>Measured where there is a CPython of that version, recorded for the others; the oldest first.</summary>
    public async Task<IReadOnlyList<PythonResult>> MeasureEveryVersionAsync(
        string script, IReadOnlyList<string> arguments, int atOnce, CancellationToken cancellationToken)
    {
        var recorded = ReadRecorded(script, arguments, "no CPython of this version was found");
        PythonInstallation[] installed = [.. await FindVersionsAsync(cancellationToken)];
        var results = new PythonResult[installed.Length];

        using var progress = new ProgressLine();
        var limited = new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, installed.Length, limited, async (i, token) =>
        {
            lock (progress) progress.Show(() => $"{script}.py with {installed[i]}");
            results[i] = await RunOrRecallAsync(script, arguments, installed[i], recorded, token);
        });

        // Those that are here come first, and win.
        return results.Concat(recorded).Any()
            ? [.. results.Concat(recorded).DistinctBy(result => result.Build)
                .OrderBy(result => result.Build.Minor).ThenByDescending(result => result.HasInterpreterLock)]
            : throw NothingToShow(script, arguments);
    }

    private async Task<PythonResult> RunOrRecallAsync(
        string script, IReadOnlyList<string> arguments, PythonInstallation python, List<PythonResult> recorded,
        CancellationToken cancellationToken)
    {
        try
        {
            return await RunAsync(script, arguments, python, DefaultTimeout, cancellationToken);
        }
        catch (ProgramException exception) when (recorded.Exists(result => result.Build == python.Build))
        {
            // A broken Python on the reader's machine must not end a notebook that knows what it would have shown.
            return recorded.Find(result => result.Build == python.Build)! with { WhyRecorded = exception.Message.TrimEnd('.') };
        }
    }

    /// <summary>The newest CPython of each build, the oldest first. What others than CPython do about a lock is their own affair.</summary>
    private async Task<IEnumerable<PythonInstallation>> FindVersionsAsync(CancellationToken cancellationToken) =>
        (await finder.FindAsync(cancellationToken))
            .Where(python => python.Implementation == "CPython")
            .GroupBy(python => python.Build)
            .Select(group => group.Last());

    /// <summary>The recorded results, the oldest version first.</summary>
    private List<PythonResult> ReadRecorded(string script, IReadOnlyList<string> arguments, string why)
    {
        _ = ScriptFile(script);
        var file = Path.Combine(dataFolder, "recorded", script + ".json");
        if (!File.Exists(file)) return [];
        return [.. JsonSerializer.Deserialize<List<JsonElement>>(File.ReadAllText(file))!
            .Where(report => arguments.SequenceEqual(report.GetProperty("arguments").Deserialize<string[]>()!))
            .Select(report => new PythonResult(report) { WhyRecorded = WhyRecorded(why) })
            .OrderBy(result => result.Build.Minor)];
    }

    private string ScriptFile(string script)
    {
        var folder = Path.Combine(dataFolder, "python");
        var file = Path.Combine(folder, script + ".py");
        return File.Exists(file) ? file : throw new FileNotFoundException(
            $"There is no script \"{script}\" in data/python; there is "
            + $"{string.Join(", ", Directory.EnumerateFiles(folder, "*.py").Select(Path.GetFileNameWithoutExtension).Order())}.",
            file);
    }

    // By their names alone: a notebook that is passed on tells no path.
    private string PassedOver() =>
        string.Concat(finder.PassedOver.Select(other => $"; {Path.GetFileName(other.Path)} {other.Why}"));

    private string WhyRecorded(string otherwise) => finder.IsTurnedOff ? $"{PythonFinder.Setting} is \"none\"" : otherwise;

    private InvalidOperationException NothingToShow(string script, IReadOnlyList<string> arguments) => new(
        $"{WhyRecorded("No Python was found")}{PassedOver()}, and for {$"{script} {string.Join(' ', arguments)}".TrimEnd()} nothing "
        + $"is recorded. Install Python 3.6 or later, name one in {PythonFinder.Setting}, or measure with the script's default arguments.");
}
