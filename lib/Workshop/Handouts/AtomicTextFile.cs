namespace Workshop.Handouts;

/// <summary>Writes a file whole or not at all: nobody sees half a page, and an interrupted run leaves the old one.</summary>
internal static class AtomicTextFile
{
    /// <summary>Writes the text through a file beside it, which then takes its name.</summary>
    public static async Task WriteAsync(string path, string text, CancellationToken cancellationToken = default)
    {
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            await File.WriteAllTextAsync(temporary, text, cancellationToken);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary); // Gone after the move; left over when the disk was full.
        }
    }
}
