using System.Text;

namespace NotebookEngine;

/// <content>Reading from and saving to files.</content>
public sealed partial class NotebookDocument
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What the file held when it was read, to notice that somebody else changed it since.</summary>
    private byte[]? _loadedBytes;

    /// <summary>Reads a notebook from a file in UTF-8.</summary>
    /// <exception cref="NotebookFormatException">The file is not a notebook of nbformat 4.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static NotebookDocument Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Parse(File.ReadAllBytes(path), path);
    }

    /// <summary>Reads a notebook from a file's content.</summary>
    internal static NotebookDocument Parse(byte[] content, string path)
    {
        var document = Parse(Decode(content, path), path);
        document._loadedBytes = content;
        return document;
    }

    /// <summary>
    /// Saves the notebook, whole or not at all: readers see the old file or the new one, never half of either, and
    /// after a failure nothing is left behind. A symbolic link stays one, permissions stay. When nothing changed the
    /// file is not touched.
    /// </summary>
    /// <param name="path">The file; null saves where the notebook was read.</param>
    /// <exception cref="NotebookSaveException">
    /// The file could not be written, or is no longer what was read, so that saving would lose somebody's edits.
    /// </exception>
    public void Save(string? path = null)
    {
        var target = path ?? Path ?? throw new InvalidOperationException("This notebook came from no file: call Save(path).");
        var bytes = StrictUtf8.GetBytes(ToJson());
        try
        {
            var file = AtomicFile.Resolve(target);
            var current = File.Exists(file) ? File.ReadAllBytes(file) : null;
            var isOwn = _loadedBytes is not null && Path is not null && AtomicFile.Resolve(Path) == file;
            if (isOwn && current is not null && !current.AsSpan().SequenceEqual(_loadedBytes))
            {
                throw new NotebookSaveException(
                    target, "another program changed the file since it was read. Run again with the file as it is now.");
            }

            if (current is null || !current.AsSpan().SequenceEqual(bytes)) AtomicFile.Write(file, bytes);
            if (isOwn) _loadedBytes = bytes;
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException and not NotebookSaveException)
        {
            throw new NotebookSaveException(
                target, $"{exception.Message} Check that the folder exists, is writable and has room.", exception);
        }
    }

    private static string Decode(byte[] bytes, string path)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            throw new NotebookFormatException(
                path, line: 1, column: null, "the file is in UTF-16.", "Save it as UTF-8, the only encoding of notebooks.");
        }

        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException exception)
        {
            var line = 1 + bytes.AsSpan(0, Math.Clamp(exception.Index, 0, bytes.Length)).Count((byte)'\n');
            throw new NotebookFormatException(
                path, line, column: null, "the file is not UTF-8.", "Save it as UTF-8, the only encoding of notebooks.");
        }
    }
}
