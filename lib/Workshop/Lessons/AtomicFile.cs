using System.Diagnostics.CodeAnalysis;

namespace Workshop.Lessons;

/// <summary>Replaces a file's content in one step, by a new file beside it that takes its name.</summary>
internal static class AtomicFile
{
    /// <summary>The file that a path means, through symbolic links; replacing the link itself would cut it.</summary>
    public static string Resolve(string path)
    {
        var full = Path.GetFullPath(path);
        return new FileInfo(full).LinkTarget is null
            ? full
            : File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
    }

    /// <exception cref="IOException">Nothing was written.</exception>
    /// <exception cref="UnauthorizedAccessException">Nothing was written.</exception>
    public static void Write(string path, byte[] content)
    {
        // A rename needs no right to the file itself, so a write protection must be asked for.
        var old = new FileInfo(path);
        if (old.Exists && old.IsReadOnly) throw new UnauthorizedAccessException("The file is write-protected.");

        // In the same folder, because a rename is atomic only within one file system.
        var temporary = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                if (old.Exists && !OperatingSystem.IsWindows())
                    File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(path));
                stream.Write(content);

                // To the disk before the rename: after a power cut the name must not point to an empty file.
                stream.Flush(flushToDisk: true);
            }

            // File.Replace keeps access rules and attributes on Windows; elsewhere the mode was copied above.
            if (old.Exists && OperatingSystem.IsWindows()) File.Replace(temporary, path, destinationBackupFileName: null);
            else File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            TryDelete(temporary);
            throw;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "the failure that led here is the one to report")]
    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception)
        {
            // Nothing more can be done about it, and the first failure says why.
        }
    }
}
