namespace NotebookHost;

/// <summary>Folders for a while, into which nobody else can look.</summary>
internal static class TemporaryFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes a folder whose name begins with the text, and the system's temporary folder where that is missing.</summary>
    public static DirectoryInfo Create(string name)
    {
        // Directory.CreateTempSubdirectory would not make what TMPDIR names, nor say what it may not write.
        var path = Path.Combine(Path.GetTempPath(), $"{name}-{Path.GetRandomFileName()}");
        return OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, OwnerOnly);
    }
}
