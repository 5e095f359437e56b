using System.ComponentModel;
using System.Text.Json;

namespace ConcurrencyNotebooks;

/// <summary>Runs the scripts of a data folder, and falls back on what is recorded there.</summary>
internal sealed class PythonMeasurements(PythonFinder finder, string dataFolder)
{
    /// <summary>The longest script takes half a minute with the slowest version; a machine may be ten times slower.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(5);

    public async Task<PythonResult> RunAsync(
        string script, IReadOnlyList<string> arguments, PythonInstallation python, TimeSpan timeout, CancellationToken cancellationToken)
    {
        // -B: nothing is written beside the scripts.
        var start = ProgramRun.StartInfo(python.Path, ["-B", ScriptFile(script), .. arguments]);
        ProgramRun run;
        try
        {
            run = await ProgramRun.ToEndAsync(start, timeout, closesInput: true, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new PythonScriptException(
                $"{script}.py did not end within {timeout.TotalSeconds:0.#} s with {python} and was ended. Give it smaller sizes or a longer timeout.",
                script, python, null, exception);
        }
        catch (Win32Exception exception)
        {
            throw new PythonScriptException($"{python} could not be started for {script}.py: {exception.Message}", script, python, null, exception);
        }

        if (run.ExitCode != 0)
        {
            throw new PythonScriptException(
                $"{script}.py ended with exit code {run.ExitCode} with {python}; its last output was \"{LastLines(run.Errors)}\".",
                script, python, run.ExitCode);
        }

        try
        {
            return PythonResult.Measured(JsonSerializer.Deserialize<JsonElement>(run.Output));
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new PythonScriptException(
                $"{script}.py with {python} did not print a report of the form that data/python/reporting.py gives it, but \"{LastLines(run.Output)}\".",
                script, python, run.ExitCode, exception);
        }
    }

    /// <summary>With the newest CPython that has its lock, or as recorded with the newest such.</summary>
    public async Task<PythonResult> MeasureAsync(string script, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var recorded = ReadRecorded(script, arguments);
        var installed = await FindVersionsAsync(cancellationToken);
        var python = installed.LastOrDefault(python => python.HasInterpreterLock) ?? installed.LastOrDefault();
        if (python is not null)
            return await RunOrRecallAsync(script, arguments, python, recorded, cancellationToken);
        if (recorded.Count == 0)
            throw NothingToShow(script, arguments);
        return PythonResult.Recorded(recorded.LastOrDefault(HasLock, recorded[^1]), WhyRecorded("no Python was found"));
    }

    /// <summary>Measured where there is a CPython of that version, recorded for the others; the oldest first.</summary>
    public async Task<IReadOnlyList<PythonResult>> MeasureEveryVersionAsync(
        string script, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var recorded = ReadRecorded(script, arguments);
        var installed = await FindVersionsAsync(cancellationToken);
        var results = new List<(Version Version, bool HasLock, PythonResult Result)>();

        // One after the other: two at once would take each other's cores.
        foreach (var python in installed)
        {
            var result = await RunOrRecallAsync(script, arguments, python, recorded, cancellationToken);
            results.Add((MinorOf(python.Version), python.HasInterpreterLock, result));
        }

        foreach (var report in recorded)
        {
            var (version, hasLock) = (MinorOf(report), HasLock(report));
            if (!results.Any(result => result.Version == version && result.HasLock == hasLock))
                results.Add((version, hasLock, PythonResult.Recorded(report, WhyRecorded($"no CPython {version} was found"))));
        }

        return results.Count == 0
            ? throw NothingToShow(script, arguments)
            : [.. results.OrderBy(result => result.Version).ThenByDescending(result => result.HasLock).Select(result => result.Result)];
    }

    private async Task<PythonResult> RunOrRecallAsync(
        string script, IReadOnlyList<string> arguments, PythonInstallation python, List<JsonElement> recorded, CancellationToken cancellationToken)
    {
        try
        {
            return await RunAsync(script, arguments, python, DefaultTimeout, cancellationToken);
        }
        catch (PythonScriptException exception) when (recorded.Exists(IsOfSameVersion))
        {
            // A broken Python on the reader's machine must not end a notebook that knows what it would have shown.
            return PythonResult.Recorded(recorded.Find(IsOfSameVersion), exception.Message.TrimEnd('.'));
        }

        bool IsOfSameVersion(JsonElement report) =>
            MinorOf(report) == MinorOf(python.Version) && HasLock(report) == python.HasInterpreterLock;
    }

    /// <summary>The newest CPython of each minor version, the oldest first. What others than CPython do about a lock is their own affair.</summary>
    private async Task<List<PythonInstallation>> FindVersionsAsync(CancellationToken cancellationToken) =>
        [.. (await finder.FindAsync(cancellationToken))
            .Where(python => python.Implementation == "CPython")
            .GroupBy(python => (MinorOf(python.Version), python.HasInterpreterLock))
            .Select(group => group.Last())];

    private List<JsonElement> ReadRecorded(string script, IReadOnlyList<string> arguments)
    {
        _ = ScriptFile(script);
        var file = Path.Combine(dataFolder, "recorded", script + ".json");
        return !File.Exists(file) ? [] : [.. JsonSerializer.Deserialize<List<JsonElement>>(File.ReadAllText(file))!
            .Where(report => report.GetProperty("arguments").EnumerateArray().Select(argument => argument.GetString()).SequenceEqual(arguments))
            .OrderBy(MinorOf)];
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

    private string WhyRecorded(string otherwise) => finder.IsTurnedOff ? $"{PythonFinder.Setting} is \"none\"" : otherwise;

    private InvalidOperationException NothingToShow(string script, IReadOnlyList<string> arguments) => new(
        $"{WhyRecorded("No Python was found")}, and for {$"{script} {string.Join(' ', arguments)}".TrimEnd()} nothing is recorded. "
        + $"Install Python 3.6 or later, name one in {PythonFinder.Setting}, or measure with the script's default arguments.");

    private static Version MinorOf(JsonElement report) => MinorOf(report.GetProperty("python").GetString()!);

    private static Version MinorOf(string version) => Version.Parse(string.Join('.', version.Split('.').Take(2)));

    private static bool HasLock(JsonElement report) => report.GetProperty("gil_enabled").ValueKind != JsonValueKind.False;

    private static string LastLines(string text) => ProgramRun.LastLines(text, 5);
}
