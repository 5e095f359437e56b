namespace Workshop.Lessons;

/// <summary>Looks for programs as a shell does.</summary>
internal static class ProgramPath
{
    /// <summary>The first program of one of these names on the PATH, as a full path; null if there is none.</summary>
    public static string? Find(params string[] names)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return names.SelectMany(name => folders.Select(folder => Path.GetFullPath(Path.Combine(folder, FileName(name)))))
            .FirstOrDefault(IsProgram);
    }

    private static string FileName(string name) => OperatingSystem.IsWindows() ? name + ".exe" : name;

    private static bool IsProgram(string path)
    {
        const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Executable) != 0);
    }
}
