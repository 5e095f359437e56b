namespace Workshop.Handouts;

/// <summary>A notebook with its outputs, of a run just made or saved in it, and the facts of that run.</summary>
internal sealed record HandoutSource(NotebookFile File, NotebookDocument Document)
{
    public Edition Edition { get; init; }

    /// <summary>When it ran; null when the outputs are the saved ones.</summary>
    public DateTimeOffset? RanAt { get; init; }

    public TimeSpan? Duration { get; init; }

    /// <summary>Whether an error ended the run before the last cell.</summary>
    public bool Stopped { get; init; }

    /// <summary>Whether the page is there already, from an earlier run; what that showed is then not known.</summary>
    public bool IsEarlier { get; init; }

    /// <summary>A notebook of an edition, with the outputs that are saved in it.</summary>
    public static HandoutSource Saved(NotebookFile file, Edition edition)
    {
        var document = NotebookDocument.Load(file.DisplayPath);
        document.Cut(edition);
        return new HandoutSource(file, document) { Edition = edition };
    }
}
