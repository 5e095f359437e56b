namespace Workshop.Lessons;

/// <summary>Reads files that others name. What is called as a picture or a notebook may be a pipe or a device, which has no end.</summary>
internal static class RegularFile
{
    /// <summary>The content; none of a pipe or a device, whose length is 0, nor of an empty file.</summary>
    /// <exception cref="IOException">It is not there, cannot be read, or is larger than 2 GB.</exception>
    public static byte[] Read(string path)
    {
        var file = new FileInfo(RealPath.Of(path));
        return file.Length == 0 ? [] : File.ReadAllBytes(file.FullName);
    }
}
