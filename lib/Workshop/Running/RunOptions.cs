namespace Workshop.Running;

/// <summary>What to run and what to leave behind.</summary>
internal sealed record RunOptions
{
    /// <summary>Notebooks and folders; none for all lessons.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>How long a cell may take.</summary>
    public TimeSpan CellTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Whether outputs are written back into the notebooks that ran well.</summary>
    public bool Save { get; init; }

    /// <summary>A folder for copies with their outputs.</summary>
    public string? Output { get; init; }

    /// <summary>Whether a claim that does not hold is an error.</summary>
    public bool Strict { get; init; }

    /// <summary>Whether a claim that this machine could not decide is an error.</summary>
    public bool Decided { get; init; }

    /// <summary>A folder for the handouts; null for the repository's, which then takes its own lessons only.</summary>
    public string? Handouts { get; init; }
}
