namespace Workshop.Handouts;

/// <summary>A notebook with its outputs, of a run just made or saved in it, and the facts of that run.</summary>
internal sealed record HandoutSource(NotebookFile File, NotebookDocument Document)
{
    /// <summary>When it ran; null when the outputs are the saved ones.</summary>
    public DateTimeOffset? RanAt { get; init; }

    public TimeSpan? Duration { get; init; }

    /// <summary>Whether an error ended the run before the last cell.</summary>
    public bool Stopped { get; init; }

    /// <summary>Whether the page is there already, from an earlier run; what that showed is then not known.</summary>
    public bool IsEarlier { get; init; }
}
