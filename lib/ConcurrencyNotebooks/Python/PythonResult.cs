using System.Globalization;
using System.Text.Json;

namespace ConcurrencyNotebooks;

/// <summary>What a script of <c>data/python</c> measured, here or on the machine on which it was recorded.</summary>
public sealed class PythonResult
{
    private readonly JsonElement _results;

    private PythonResult(JsonElement report, string? whyRecorded)
    {
        Script = report.GetProperty("script").GetString()!;
        Arguments = [.. report.GetProperty("arguments").EnumerateArray().Select(argument => argument.GetString()!)];
        Version = report.GetProperty("python").GetString()!;
        Implementation = report.GetProperty("implementation").GetString()!;
        HasInterpreterLock = report.GetProperty("gil_enabled").ValueKind != JsonValueKind.False;
        Date = DateOnly.Parse(report.GetProperty("date").GetString()!, CultureInfo.InvariantCulture);
        var machine = report.GetProperty("machine");
        var cores = machine.GetProperty("cores").GetInt32();
        Machine = $"{machine.GetProperty("cpu").GetString()}, {cores} {(cores == 1 ? "core" : "cores")}, {machine.GetProperty("os").GetString()}";
        _results = report.GetProperty("results").Clone();

        var python = PythonInstallation.Describe(Implementation, Version, HasInterpreterLock);
        IsRecorded = whyRecorded is not null;
        Source = IsRecorded
            ? $"recorded on {Date:yyyy-MM-dd} with {python} on {Machine}, because {whyRecorded}"
            : $"measured here with {python}";
    }

    /// <summary>The script's name, without folder and ending.</summary>
    public string Script { get; }

    /// <summary>What the script was called with.</summary>
    public IReadOnlyList<string> Arguments { get; }

    /// <summary>Python's version, such as <c>3.11.7</c>.</summary>
    public string Version { get; }

    /// <summary><c>CPython</c>, <c>PyPy</c>, …</summary>
    public string Implementation { get; }

    /// <summary>Whether Python ran with its interpreter lock; always, before 3.13.</summary>
    public bool HasInterpreterLock { get; }

    /// <summary>Processor, cores and operating system of the machine that measured.</summary>
    public string Machine { get; }

    /// <summary>The day of the measurement.</summary>
    public DateOnly Date { get; }

    /// <summary>Whether this comes from <c>data/recorded</c> and not from this machine.</summary>
    public bool IsRecorded { get; }

    /// <summary>Where the numbers come from, and why from there, to be shown beside them.</summary>
    public string Source { get; }

    /// <summary>A number of the results; <paramref name="path"/> names it from outside in: <c>python_loop.threads_seconds</c>.</summary>
    /// <exception cref="KeyNotFoundException">There is no number of that name; the message lists what there is.</exception>
    public double Number(string path) => Find(path, JsonValueKind.Number).GetDouble();

    /// <summary>Several numbers of the results: one per round.</summary>
    /// <inheritdoc cref="Number"/>
    public double[] Numbers(string path) => [.. Find(path, JsonValueKind.Array).EnumerateArray().Select(number => number.GetDouble())];

    /// <summary>Several numbers of seconds of the results: one per round.</summary>
    /// <inheritdoc cref="Number"/>
    public TimeSpan[] Times(string path) => [.. Numbers(path).Select(TimeSpan.FromSeconds)];

    /// <summary>Hands the bare loops that the script ran in its rounds to a comparison: they tell whether Python had the cores.</summary>
    /// <inheritdoc cref="Number"/>
    public void AddCoresTo(Comparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        comparison.AddCores(
            Times("one_loop_seconds"), Times("all_loops_seconds"), (int)Number("cores"), IsRecorded ? Machine : null);
    }

    /// <summary>The script, its source and its results.</summary>
    public override string ToString() => $"{Script} ({Source}): {_results.GetRawText()}";

    internal static PythonResult Measured(JsonElement report) => new(report, null);

    internal static PythonResult Recorded(JsonElement report, string because) => new(report, because);

    private JsonElement Find(string path, JsonValueKind kind)
    {
        var found = _results;
        foreach (var name in path.Split('.'))
        {
            if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(name, out found))
                throw Missing(path, kind);
        }

        return found.ValueKind == kind ? found : throw Missing(path, kind);
    }

    private KeyNotFoundException Missing(string path, JsonValueKind kind) => new(
        $"{Script} of {Implementation} {Version} has no {(kind == JsonValueKind.Array ? "numbers" : "number")} \"{path}\"; there is "
        + $"{string.Join(", ", Leaves("", _results))}.");

    private static IEnumerable<string> Leaves(string prefix, JsonElement element) => element.EnumerateObject().SelectMany(property =>
        property.Value.ValueKind == JsonValueKind.Object
            ? Leaves($"{prefix}{property.Name}.", property.Value)
            : [$"{prefix}{property.Name} ({property.Value.ValueKind})"]);
}
