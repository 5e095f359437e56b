namespace ConcurrencyNotebooks;

/// <summary>A Python on this machine that runs the repository's scripts.</summary>
/// <param name="Version">As it calls itself: <c>3.11.7</c>, <c>3.15.0a2</c>.</param>
/// <param name="Implementation"><c>CPython</c>, <c>PyPy</c>, …</param>
/// <param name="IsFreeThreaded">Whether it was built so that it can do without its interpreter lock (3.13 and later).</param>
/// <param name="HasInterpreterLock">Whether the lock is in use; in a free-threaded build it can still be.</param>
public sealed record PythonInstallation(string Version, string Implementation, bool IsFreeThreaded, bool HasInterpreterLock)
{
    /// <summary>The version without what follows its three numbers, for comparing.</summary>
    internal Version Number { get; init; } = new();

    /// <summary>What to start. Not part of the public picture: a notebook that is passed on tells no paths.</summary>
    internal string Path { get; init; } = "";

    /// <summary>Such as <c>CPython 3.11.7</c>.</summary>
    public override string ToString() => Describe(Implementation, Version, HasInterpreterLock);

    internal static string Describe(string implementation, string version, bool hasInterpreterLock) =>
        $"{implementation} {version}{(hasInterpreterLock ? "" : " without interpreter lock")}";
}
