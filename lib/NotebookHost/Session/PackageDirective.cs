namespace NotebookHost;

/// <summary>What stands in <c>#r "nuget: Name, Version"</c>.</summary>
/// <param name="Name">The package's id.</param>
/// <param name="Version">A version or a range as NuGet writes it; null for the newest.</param>
internal sealed record PackageDirective(string Name, string? Version)
{
    private const string Prefix = "nuget:";

    /// <summary>Whether a reference means a package rather than a file.</summary>
    public static bool IsPackage(string reference) => reference.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the reference of a directive that <see cref="IsPackage"/> accepts.</summary>
    public static PackageDirective Parse(string reference)
    {
        var parts = reference[Prefix.Length..].Split(',', 2, StringSplitOptions.TrimEntries);
        return new PackageDirective(parts[0], parts is [_, { Length: > 0 } version] ? version : null);
    }

    /// <inheritdoc/>
    public override string ToString() => Version is null ? Name : $"{Name}, {Version}";
}
