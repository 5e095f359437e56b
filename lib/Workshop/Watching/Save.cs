namespace Workshop.Watching;

/// <summary>What was found when a notebook's file had changed: the notebook, or the sentence why it cannot be read.</summary>
internal sealed record Save(NotebookDocument? Document, string? Problem);
