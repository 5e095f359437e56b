namespace ConcurrencyNotebooks;

/// <summary>
/// A Python on this machine that runs the repository's scripts: CPython, PyPy or another. Its interpreter lock can be in use in a
/// free-threaded build too.
/// </summary>
internal sealed record PythonInstallation(string Path, Version Version, string Implementation, bool HasInterpreterLock)
{
    /// <summary>A recorded result of the same build can stand in for this one.</summary>
    public (Version Minor, bool HasLock) Build => (new(Version.Major, Version.Minor), HasInterpreterLock);

    /// <summary>Such as <c>CPython 3.11.7</c>. No path: a notebook that is passed on tells none.</summary>
    public override string ToString() => Describe(Implementation, Version.ToString(), HasInterpreterLock);

    public static string Describe(string implementation, string version, bool hasInterpreterLock) =>
        $"{implementation} {version}{(hasInterpreterLock ? "" : " without interpreter lock")}";
}
