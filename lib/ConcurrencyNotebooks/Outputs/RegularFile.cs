namespace ConcurrencyNotebooks;

/// <summary>Reads files that others name. What is called as a picture or a notebook may be a pipe or a device, which has no end.</summary>
internal static class RegularFile
{
    /// <summary>The content; none of a pipe or a device, whose length is 0, nor of an empty file.</summary>
    /// <exception cref="IOException">It is not there, cannot be read, or is larger than 2 GB.</exception>
    public static byte[] Read(string path)
    {
        // The length of a link would be that of its own text.
        var file = (FileInfo?)File.ResolveLinkTarget(path, returnFinalTarget: true) ?? new FileInfo(path);
        return file.Length == 0 ? [] : File.ReadAllBytes(file.FullName);
    }
}
