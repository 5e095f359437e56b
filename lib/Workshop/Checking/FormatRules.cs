namespace Workshop.Checking;

/// <summary>
/// What every front end needs in order to open a notebook with the C# kernel. The format itself is nbformat's to judge,
/// which CI asks.
/// </summary>
internal static partial class FormatRules
{
    public static IEnumerable<Finding> Check(NotebookDocument document)
    {
        if (document.Json["nbformat_minor"] is not JsonValue minor || !minor.TryGetValue(out double version) || version < 5)
            yield return new("format", "Cells have ids only from nbformat 4.5 on. Open and save the notebook in Jupyter.");
        if (Name("kernelspec") is not ".net-csharp")
            yield return new("metadata", "metadata.kernelspec.name is not \".net-csharp\", the name of the C# kernel.");

        // Jupyter writes the kernel's own name for its language.
        if (Name("language_info") is not ("polyglot-notebook" or "C#"))
            yield return new("metadata", "metadata.language_info.name is neither \"polyglot-notebook\" nor \"C#\".");
        if (!document.IsCanonical)
            yield return new("form", "The file is not written as Jupyter writes it. Open it and save it in Jupyter.", IsWarning: true);

        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, cell) in document.Cells.Index())
        {
            if (!ValidId().IsMatch(cell.Id))
                yield return new("id", $"'{cell.Id}' is not a cell id: use 1 to 64 letters, digits, hyphens, underscores.", index);
            else if (RandomId().IsMatch(cell.Id))
                yield return new("id", $"Name the cell '{cell.Id}' after what it shows.", index, IsWarning: true);
            if (!ids.Add(cell.Id)) yield return new("id", $"Another cell has the id '{cell.Id}' too.", index);
            if (cell.IsCode && cell.OtherLanguage is { } language)
                yield return new("metadata", $"The cell is {language}; the lessons are C#.", index);
        }

        string? Name(string member) => ((document.Json["metadata"] as JsonObject)?[member] as JsonObject)?["name"].AsText();
    }

    [GeneratedRegex(@"^[a-zA-Z0-9_-]{1,64}\z")]
    private static partial Regex ValidId();

    [GeneratedRegex(@"^(?:[0-9a-f]{8,}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})\z")]
    private static partial Regex RandomId();
}
