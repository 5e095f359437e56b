namespace Workshop.Handouts;

/// <summary>A heading on a page.</summary>
internal sealed record Heading(int Level, string Id, string Text);
