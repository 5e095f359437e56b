using System.ComponentModel;

namespace ConcurrencyNotebooks;

/// <summary>Finds the Pythons of a machine: on the PATH, where pyenv keeps them, and through Windows' <c>py</c> launcher.</summary>
/// <param name="environment">What the environment's variables hold.</param>
/// <param name="probeLimit">How long a candidate may take to say what it is. Default: 20 s.</param>
internal sealed partial class PythonFinder(Func<string, string?> environment, TimeSpan? probeLimit = null)
{
    public const string Setting = "CONCURRENCY_NOTEBOOKS_PYTHON";

    // Printed by the candidate itself: its file's name says little (python3 may be anything, a shim may be nothing). It also opens
    // one of our files: a Python that cannot, such as Windows' under WSL, cannot run the scripts either.
    private const string Probe =
        "import json, platform, sys; open(sys.argv[1]).close(); "
        + "print(json.dumps(['.'.join(map(str, sys.version_info[:3])), platform.python_implementation(), "
        + "getattr(sys, '_is_gil_enabled', lambda: True)()]))";

    private static readonly string ScriptFile = Path.Combine(Python.DataFolder, "python", "reporting.py");

    private static readonly Version Oldest = new(3, 6);

    // A Python starts within 0.1 s; a cold disk or a busy machine may need much longer.
    private readonly TimeSpan _probeLimit = probeLimit ?? TimeSpan.FromSeconds(20);

    // A folder on the PATH that this user may not read has no files.
    private static readonly EnumerationOptions ReadableFiles = new() { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None };

    private readonly Lock _gate = new();
    private readonly List<(string Path, string Why)> _passedOver = [];
    private Task<IReadOnlyList<PythonInstallation>>? _found;

    /// <summary>Whether the reader wants the recorded results, even where there is a Python.</summary>
    public bool IsTurnedOff => string.Equals(environment(Setting), "none", StringComparison.OrdinalIgnoreCase);

    /// <summary>For each program that is called as a Python and does not serve, after the search: its path, and why.</summary>
    public IReadOnlyList<(string Path, string Why)> PassedOver => _passedOver;

    /// <summary>Each version once, the oldest first. Asks the candidates only the first time: that takes about a second.</summary>
    /// <exception cref="InvalidOperationException">The setting names a program that is no Python.</exception>
    public Task<IReadOnlyList<PythonInstallation>> FindAsync(CancellationToken cancellationToken)
    {
        // The search serves all who ask, so one caller's cancellation ends that caller's waiting and not the search.
        lock (_gate)
            _found ??= SearchAsync();
        return _found.WaitAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<PythonInstallation>> SearchAsync()
    {
        if (IsTurnedOff) return [];
        var named = Split(environment(Setting));
        IEnumerable<string> all = named.Count > 0 ? named : [.. OnPath(), .. FromPyenv(), .. await FromWindowsLauncherAsync()];
        var candidates = all.DistinctBy(RealFile).ToList();
        var answers = await Task.WhenAll(candidates.Select(AskAsync));

        _passedOver.AddRange(candidates.Zip(answers).Where(pair => pair.Second.Python is null)
            .Select(pair => (pair.First, pair.Second.Why)));
        if (named.Count > 0 && _passedOver.Count > 0)
        {
            throw new InvalidOperationException(
                $"{Setting} names \"{_passedOver[0].Path}\", which is no Python that can be used: it {_passedOver[0].Why}. "
                + $"Name one or several separated by '{Path.PathSeparator}', or \"none\" for the recorded results.");
        }

        return [.. answers.Select(answer => answer.Python).OfType<PythonInstallation>()
            .DistinctBy(python => (python.Implementation, python.Version, python.HasInterpreterLock))
            .OrderBy(python => python.Version)
            .ThenByDescending(python => python.HasInterpreterLock)];
    }

    private IEnumerable<string> OnPath() => Split(environment("PATH"))
        // Shims stand for versions that may not be installed; what is installed is found in pyenv's own folder.
        .Where(folder => Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)) != "shims")
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.GetFiles(folder, "python*", ReadableFiles))
        .Where(path => PythonName.IsMatch(Path.GetFileName(path)));

    private IEnumerable<string> FromPyenv()
    {
        var root = environment("PYENV_ROOT")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".pyenv");
        var versions = Path.Combine(root, "versions");
        var python = OperatingSystem.IsWindows() ? "python.exe" : Path.Combine("bin", "python");
        return Directory.Exists(versions)
            ? Directory.EnumerateDirectories(versions).Select(version => Path.Combine(version, python)).Where(File.Exists)
            : [];
    }

    private async Task<IEnumerable<string>> FromWindowsLauncherAsync()
    {
        if (!OperatingSystem.IsWindows()) return [];
        try
        {
            var run = await PythonInstallation.RunAsync("py", ["-0p"], _probeLimit, CancellationToken.None);
            return run.StandardOutput.Split('\n').Select(line => WindowsPath.Match(line.Trim()).Value).Where(path => path.Length > 0);
        }
        catch (Exception exception) when (exception is Win32Exception or TimeoutException)
        {
            return []; // No launcher: the PATH is what there is.
        }
    }

    private async Task<(PythonInstallation? Python, string Why)> AskAsync(string path)
    {
        try
        {
            var run = await PythonInstallation.RunAsync(path, ["-B", "-c", Probe, ScriptFile], _probeLimit, CancellationToken.None);
            if (run.ExitCode != 0) return (null, $"ended with exit code {run.ExitCode} when it was asked for its version");
            var answer = Answer.Match(run.StandardOutput);
            if (!answer.Success) return (null, "does not say which version it is");
            var version = Version.Parse(answer.Groups[1].Value);
            return version < Oldest ? (null, $"is older than {Oldest}")
                : (new(path, version, answer.Groups[2].Value, answer.Groups[3].Value == "true"), "");
        }
        catch (TimeoutException)
        {
            return (null, $"did not answer within {_probeLimit.TotalSeconds:0.#} s, or left its output open");
        }
        catch (Win32Exception)
        {
            return (null, "does not start"); // No program, such as Windows' link to its store.
        }
    }

    private static List<string> Split(string? list) =>
        [.. (list ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    /// <summary>Names of the same file count once; but it is the name that is started, since shims go by it.</summary>
    private static string RealFile(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }
        catch (IOException)
        {
            return path; // A link that leads nowhere will not start either.
        }
    }

    [GeneratedRegex(@"^python(3(\.\d+)?t?)?(\.exe)?$")]
    private static partial Regex PythonName { get; }

    // What the probe prints; a Python whose sitecustomize prints a banner prints other lines too.
    [GeneratedRegex("""^\["(\d{1,4}\.\d{1,4}\.\d{1,4})", "([^"]+)", (true|false)\]\r?$""", RegexOptions.Multiline)]
    private static partial Regex Answer { get; }

    [GeneratedRegex(@"[A-Za-z]:\\.*\.exe$")]
    private static partial Regex WindowsPath { get; }
}
