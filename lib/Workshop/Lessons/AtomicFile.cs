namespace Workshop.Lessons;

/// <summary>Replaces a file's content in one step, by a new file beside it that takes its name.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a file whole or not at all. A symbolic link stays one: its target is written.</summary>
    public static void Write(string path, byte[] content)
    {
        // A rename needs no right to the file itself, so a write protection must be asked for.
        path = RealPath.Of(path);
        var old = new FileInfo(path);
        if (old.Exists && old.IsReadOnly) throw new UnauthorizedAccessException($"{path} is write-protected.");

        // A pipe or a device, which must not be replaced, has no length, and an empty file has nothing to lose.
        if (old is { Exists: true, Length: 0 })
        {
            File.WriteAllBytes(path, content);
            return;
        }

        // In the same folder, because a rename is atomic only within one file system.
        var temporary = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetRandomFileName()}.tmp");
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
        finally
        {
            File.Delete(temporary); // Gone after the rename; left over when the disk was full.
        }
    }
}
