namespace ConcurrencyNotebooks;

/// <summary>The numbers that a script of <c>data/python</c> measured, here or on the machine on which it was recorded.</summary>
/// <example>
/// <code>
/// PythonResult python = await Python.MeasureAsync("io_waits");
/// Console.WriteLine($"{python.Version}: {python.Times("asyncio_seconds")[0]}, {python.Source}");
/// </code>
/// </example>
public sealed record PythonResult
{
    private readonly Dictionary<string, JsonElement> _results;
    private readonly string _date;
    private readonly string _python;

    internal PythonResult(JsonElement report)
    {
        Script = report.GetProperty("script").GetString()!;
        Version = report.GetProperty("python").GetString()!;
        HasInterpreterLock = report.GetProperty("gil_enabled").ValueKind != JsonValueKind.False;
        var machine = report.GetProperty("machine");
        var cores = machine.GetProperty("cores").GetInt32();
        Machine = $"{machine.GetProperty("cpu")}, {cores} {(cores == 1 ? "core" : "cores")}, {machine.GetProperty("os")}";
        _python = PythonInstallation.Describe(report.GetProperty("implementation").GetString()!, Version, HasInterpreterLock);
        _date = report.GetProperty("date").GetString()!;
        _results = Leaves("", report.GetProperty("results").Clone()).ToDictionary();
    }

    /// <summary>Python's version, such as <c>3.11.7</c>.</summary>
    public string Version { get; }

    /// <summary>The number behind the first point of its version: 11 for <c>3.11.7</c>.</summary>
    public int Minor => Build.Minor.Minor;

    /// <summary>How a chart names it: <c>3.11</c>, and <c>3.14t</c> for a free-threaded build.</summary>
    public string Label => $"{Build.Minor}{(HasInterpreterLock ? "" : "t")}";

    /// <summary>Whether Python ran with its interpreter lock; always, before 3.13.</summary>
    public bool HasInterpreterLock { get; }

    /// <summary>The origin of the numbers, and the reason for it, to be shown beside them.</summary>
    public string Source => WhyRecorded is null
        ? $"measured here with {_python}"
        : $"recorded on {_date} with {_python} on {Machine}, because {WhyRecorded}";

    /// <summary>The script's name, without folder and ending.</summary>
    internal string Script { get; }

    /// <summary>Processor, cores and operating system of the machine that measured.</summary>
    internal string Machine { get; }

    /// <summary>Why this comes from <c>data/recorded</c>; null if it was measured on this machine.</summary>
    internal string? WhyRecorded { get; init; }

    /// <summary>The minor version, and whether with its lock: results of the same build can stand in for each other.</summary>
    internal (Version Minor, bool HasLock) Build =>
        (System.Version.Parse(string.Join('.', Version.Split('.').Take(2))), HasInterpreterLock);

    /// <summary>A number of the results; <paramref name="path"/> names it from outside in: <c>python_loop.threads_seconds</c>.</summary>
    /// <exception cref="KeyNotFoundException">There is no number of that name; the message lists what there is.</exception>
    public double Number(string path) => Find(path, "number", JsonValueKind.Number).GetDouble();

    /// <summary>Several numbers of the results: one per round.</summary>
    /// <inheritdoc cref="Number"/>
    public double[] Numbers(string path) => Find(path, "numbers", JsonValueKind.Array).Deserialize<double[]>()!;

    /// <summary>Several numbers of seconds of the results: one per round.</summary>
    /// <inheritdoc cref="Number"/>
    public TimeSpan[] Times(string path) => [.. Numbers(path).Select(TimeSpan.FromSeconds)];

    /// <summary>Hands the bare loops that the script ran in its rounds to a comparison: they tell whether Python had the cores.</summary>
    /// <inheritdoc cref="Number"/>
    public void AddCoresTo(Comparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        comparison.AddCores(
            Times("one_loop_seconds"), Times("all_loops_seconds"), (int)Number("cores"), WhyRecorded is null ? null : Machine);
    }

    /// <summary>The script, its source and its results.</summary>
    public override string ToString() => $"{Script} ({Source}): {string.Join(", ", _results.Select(one => $"{one.Key} {one.Value}"))}";

    private JsonElement Find(string path, string what, JsonValueKind kind) =>
        _results.TryGetValue(path, out var found) && found.ValueKind == kind ? found : throw new KeyNotFoundException(
            $"{Script} of {_python} has no {what} \"{path}\"; there is "
            + $"{string.Join(", ", _results.Select(one => $"{one.Key} ({one.Value.ValueKind})"))}.");

    private static IEnumerable<KeyValuePair<string, JsonElement>> Leaves(string prefix, JsonElement element) =>
        element.EnumerateObject().SelectMany(property => property.Value.ValueKind == JsonValueKind.Object
            ? Leaves($"{prefix}{property.Name}.", property.Value)
            : [new($"{prefix}{property.Name}", property.Value)]);
}
