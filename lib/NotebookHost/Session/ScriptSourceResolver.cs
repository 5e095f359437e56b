namespace NotebookHost;

/// <summary>
/// Finds the files of <c>#load</c>, and leaves the names of cells alone, which would otherwise become paths in the
/// working directory and stand as such in every stack trace.
/// </summary>
internal sealed class ScriptSourceResolver(string workingDirectory) : SourceFileResolver([], workingDirectory)
{
    public override string? NormalizePath(string path, string? baseFilePath) =>
        Path.IsPathRooted(path) ? base.NormalizePath(path, baseFilePath) : path;
}
