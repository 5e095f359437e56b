namespace Workshop.Lessons;

/// <summary>What a path means after all its links are followed, so that two ways to one file are seen to be one.</summary>
internal static class RealPath
{
    /// <summary>The path of a file or folder, which need not exist.</summary>
    /// <exception cref="IOException">The links go round in a circle.</exception>
    public static string Of(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(full) is not { } parent) return full;
        var here = Path.Combine(Of(parent), Path.GetFileName(full));
        FileSystemInfo entry = Directory.Exists(here) ? new DirectoryInfo(here) : new FileInfo(here);
        return entry.LinkTarget is not null && entry.ResolveLinkTarget(returnFinalTarget: true) is { } target ? Of(target.FullName) : here;
    }
}
