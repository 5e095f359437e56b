namespace Workshop.Lessons;

/// <summary>
/// A notebook in the Jupyter format, nbformat 4, as its JSON: what this program does not understand is carried along, and
/// a save changes outputs alone. Not thread-safe.
/// </summary>
internal sealed class NotebookDocument
{
    private readonly NotebookJson _json;

    private NotebookDocument(string path)
    {
        (Path, _json) = (path, new NotebookJson(path));
        Cells = [.. ((JsonArray)Json["cells"]!).Select((cell, index) => new NotebookCell((JsonObject)cell!, index + 1))];
    }

    public string Path { get; }
    public IReadOnlyList<NotebookCell> Cells { get; private set; }

    /// <summary>The code that is run: all but the instructor's.</summary>
    public IEnumerable<NotebookCell> CodeCells => Cells.Where(cell => cell.IsCode && !cell.IsInstructor);

    /// <summary>The notebook's JSON, for checks; it must not be changed.</summary>
    public JsonObject Json => _json.Root;

    /// <summary>Whether the file is written as this program and Jupyter write it.</summary>
    public bool IsCanonical => _json.IsCanonical;

    /// <summary>Reads a notebook from a file in UTF-8.</summary>
    /// <exception cref="NotebookFormatException">The file is not a notebook of nbformat 4.</exception>
    public static NotebookDocument Load(string path) => new(path);

    /// <summary>The line in the file, from 1, of a line, from 1, of the source of a cell, from 0; null when there is none.</summary>
    public int? FindLine(int cell, int line) =>
        _json.SourceLines.ElementAtOrDefault(cell) is { } lines && line >= 1 && line <= lines.Count ? lines[line - 1] : null;

    /// <summary>
    /// Brings a lesson that another front end has saved back to the repository's form: Jupyter names the kernel's language
    /// "C#" and adds the times of execution, each of which would be a difference in every file.
    /// </summary>
    public void Normalise()
    {
        if (Json["metadata"] is not JsonObject metadata) return;
        metadata["language_info"] = new JsonObject { ["name"] = "polyglot-notebook" };
        foreach (var cell in CodeCells) cell.Metadata.Remove("execution");
    }

    /// <summary>
    /// Notes in each cell that was run since the notebook was read that its outputs belong to the code as it is now. Call it
    /// after a run, before <see cref="Save"/>.
    /// </summary>
    public void StampOutputs()
    {
        foreach (var (cell, fingerprint) in CellFingerprint.Of(this).Where(entry => entry.Cell.HasNewOutputs)) fingerprint.Write(cell);
    }

    /// <summary>The code cells whose saved outputs do not belong to the present code, and why; blank cells are never among them.</summary>
    /// <remarks>
    /// A front end that runs a cell leaves its stamp as it is. Outputs that differ from the stamped ones were made there, with
    /// the code that is there; and then only a cell whose own code changed, and whose outputs did not, is behind.
    /// </remarks>
    public IEnumerable<(NotebookCell Cell, string Reason)> StaleCells()
    {
        var cells = CellFingerprint.Of(this)
            .Select(entry => (entry.Cell, Now: entry.Fingerprint, Saved: CellFingerprint.Read(entry.Cell))).ToList();
        var wasRunElsewhere = cells.Exists(entry => entry.Saved is { } saved && saved.Outputs != entry.Now.Outputs);
        foreach (var (cell, now, saved) in cells)
        {
            var isSilent = wasRunElsewhere && cell.Outputs.Count == 0;
            if (cell.ExecutionCount is null) yield return (cell, "The cell was not run when the outputs were saved");
            else if (saved is null && !wasRunElsewhere) yield return (cell, "Nothing says which code the saved outputs belong to");
            else if (saved is null || isSilent || saved.Outputs != now.Outputs) continue;
            else if (saved.Source != now.Source) yield return (cell, "The code changed after its outputs were saved");
            else if (saved.Before != now.Before && !wasRunElsewhere)
                yield return (cell, "The code of a cell above changed after the outputs were saved");
        }
    }

    /// <summary>
    /// Makes it the notebook of an edition. Call <see cref="ToBytes"/> afterwards, not <see cref="Save"/>: what is left out is lost.
    /// </summary>
    /// <param name="edition">For whom it is.</param>
    /// <param name="root">Where the repository is, seen from the place of the new notebook; null where the place is the same.</param>
    public void Cut(Edition edition, string? root = null)
    {
        var sections = edition == Edition.Instructor ? LessonSection.Of(this) : [];
        foreach (var cell in Cells.Where(cell => sections.Count > 0 && cell.IsMarkdown))
        {
            cell.SetSource(cell.IsInstructor
                ? cell.Source.Replace("<details>", "<details open>", StringComparison.Ordinal)
                : LessonSection.WithMinutes(cell.Source, sections));
        }

        var stale = StaleCells().Select(entry => entry.Cell).ToHashSet();
        Cells = [.. Cells.Where(cell => cell.IsIn(edition))];
        ((JsonArray)Json["cells"]!).RemoveAll(cell => !Cells.Any(left => left.Is(cell)));
        foreach (var cell in CodeCells)
        {
            if (root is not null) cell.SetSource(cell.Source.Replace("\"../lib/", $"\"{root}/lib/", StringComparison.Ordinal));
            if (edition == Edition.Student) cell.SetOutputs(null, []);
        }

        // A new path of a library is no other code, so what was up to date still is.
        foreach (var (cell, fingerprint) in CellFingerprint.Of(this))
        {
            if (edition == Edition.Student) CellFingerprint.Remove(cell);
            else if (!stale.Contains(cell)) fingerprint.Write(cell);
        }
    }

    public byte[] ToBytes() => _json.ToBytes();

    /// <summary>
    /// Saves the notebook, whole or not at all: readers see the old file or the new one, never half of either, and after a
    /// failure nothing is left behind. A symbolic link stays one, permissions stay.
    /// </summary>
    /// <param name="path">The file; null saves where the notebook was read.</param>
    /// <exception cref="NotebookSaveException">
    /// The file could not be written, or is no longer what was read, so that saving would lose somebody's edits.
    /// </exception>
    public void Save(string? path = null) => _json.Write(path ?? Path);
}
