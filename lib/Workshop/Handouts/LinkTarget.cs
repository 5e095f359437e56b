namespace Workshop.Handouts;

/// <summary>Where a link of a notebook leads from its page: to a URL, or nowhere, and then the path is shown.</summary>
internal sealed record LinkTarget(string? Url, string Path);
