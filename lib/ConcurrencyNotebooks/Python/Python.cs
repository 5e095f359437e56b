namespace ConcurrencyNotebooks;

/// <summary>
/// Runs the scripts of <c>data/python</c> with the Pythons of this machine. Where there is none, the results in
/// <c>data/recorded</c> take their place, and each says so in its <see cref="PythonResult.Source"/>.
/// </summary>
/// <remarks>
/// Looks on the PATH, in pyenv's folder and, on Windows, where the <c>py</c> launcher knows of one; 3.6 and later count.
/// The environment variable <c>CONCURRENCY_NOTEBOOKS_PYTHON</c> names one or several instead, separated as in the PATH;
/// <c>none</c> means the recorded results. What was found is remembered until the process ends.
/// </remarks>
/// <example>
/// <code>
/// var newest = await Python.MeasureAsync("cpu_threads", ["--n", "1000000"]);
/// foreach (var version in await Python.MeasureEveryVersionAsync("counter_race")) Console.WriteLine(version.Source);
/// </code>
/// </example>
public static class Python
{
    private static readonly PythonFinder Finder = new(Environment.GetEnvironmentVariable);
    private static readonly Lazy<PythonMeasurements> Measurements = new(() => new(Finder, DataFolder));

    internal static string DataFolder => Path.GetDirectoryName(RepositoryFile.Find("data/recorded"))!;

    /// <summary>Measures with the newest CPython of this machine; without one, gives the recorded result.</summary>
    /// <param name="script">A script's name, without folder and ending: <c>counter_race</c>.</param>
    /// <param name="arguments">The arguments of the script; for other than the recorded ones, a Python is needed.</param>
    /// <param name="cancellationToken">Ends the script.</param>
    /// <exception cref="FileNotFoundException">There is no such script.</exception>
    /// <exception cref="InvalidOperationException">There is neither a Python nor a recorded result.</exception>
    /// <exception cref="ProgramException">The script failed, and there is no recorded result for that version.</exception>
    public static Task<PythonResult> MeasureAsync(
        string script, IReadOnlyList<string>? arguments = null, CancellationToken cancellationToken = default) =>
        Measurements.Value.MeasureAsync(script, arguments ?? [], cancellationToken);

    /// <summary>Measures with every version of CPython on this machine; others are added as recorded. The oldest comes first.</summary>
    /// <param name="script">A script's name, without folder and ending: <c>counter_race</c>.</param>
    /// <param name="arguments">The arguments of the script; for other than the recorded ones, a Python is needed.</param>
    /// <param name="atOnce">
    /// How many versions may run at the same time. One, where times are compared: two at once would take each other's cores.
    /// </param>
    /// <param name="cancellationToken">Ends the scripts.</param>
    /// <inheritdoc cref="MeasureAsync" path="/exception"/>
    public static Task<IReadOnlyList<PythonResult>> MeasureEveryVersionAsync(
        string script, IReadOnlyList<string>? arguments = null, int atOnce = 1, CancellationToken cancellationToken = default) =>
        Measurements.Value.MeasureEveryVersionAsync(script, arguments ?? [], atOnce, cancellationToken);
}
