using System.Security.Cryptography;

namespace Workshop.Lessons;

/// <summary>
/// Says to which code a cell's outputs belong: to its own and, since a cell sees the variables of those before it, to
/// that of every code cell above. Kept in the cell's metadata under the key that nbformat reserves for a program of its
/// own name, which other front ends carry along unread. Markdown may change freely, and so may line ends and blank lines
/// at a cell's end. What the cells call in other assemblies is not covered.
/// </summary>
/// <param name="Source">The hash of the cell's own code.</param>
/// <param name="Before">The hash of the code of all code cells above it.</param>
/// <param name="Outputs">The hash of the outputs, by which those of another program are told from the stamped ones.</param>
internal sealed record CellFingerprint(string Source, string Before, string Outputs)
{
    private const string MetadataKey = "concurrency_notebooks";

    /// <summary>The fingerprints of a document's code cells as they are now; blank cells have none.</summary>
    public static IEnumerable<(NotebookCell Cell, CellFingerprint Fingerprint)> Of(NotebookDocument document)
    {
        using var before = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var cell in document.CodeCells.Where(cell => !string.IsNullOrWhiteSpace(cell.Source)))
        {
            var source = SHA256.HashData(Encoding.UTF8.GetBytes(cell.Source.ReplaceLineEndings("\n").TrimEnd()));
            var outputs = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', cell.Outputs.Select(Shown))));
            yield return (cell, new CellFingerprint(Hex(source), Hex(before.GetCurrentHash()), Hex(outputs)));
            before.AppendData(source);
        }
    }

    public static CellFingerprint? Read(NotebookCell cell) =>
        cell.Metadata[MetadataKey].AsText()?.Split(' ') is [var source, var before, var outputs] ? new(source, before, outputs) : null;

    public static void Remove(NotebookCell cell) => cell.Metadata.Remove(MetadataKey);

    public void Write(NotebookCell cell) => cell.Metadata[MetadataKey] = $"{Source} {Before} {Outputs}";

    // Whatever a front end may spell otherwise is left out: the order of keys, how text is split, execution counts.
    private static string Shown(CellOutput output) => string.Join('\u0001', [
        output.Type, output.Text, output.ErrorName, output.ErrorValue,
        .. output.Forms.OrderBy(form => form.MimeType, StringComparer.Ordinal).Select(form => $"{form.MimeType}\u0002{form.Content}")]);

    // 64 bits: enough against chance, short enough to keep the diff of a notebook readable.
    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash.AsSpan(0, 8));
}
