namespace NotebookHost;

/// <summary>Something that a running cell showed just now.</summary>
/// <param name="CellId">The cell that runs; null for what a stray thread printed while none did.</param>
/// <param name="Output">A piece of a stream, a displayed value, the result or the error. Pieces of a stream are not joined yet.</param>
internal sealed record OutputEvent(string? CellId, CellOutput Output);
