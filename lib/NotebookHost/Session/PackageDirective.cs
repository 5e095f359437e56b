namespace NotebookHost;

/// <summary>What stands in <c>#r "nuget: Name, Version"</c>.</summary>
internal sealed record PackageDirective(string Name, string? Version)
{
    private const string Prefix = "nuget:";

    public static bool IsPackage(string reference) => reference.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    public static PackageDirective Parse(string reference)
    {
        var parts = reference[Prefix.Length..].Split(',', 2, StringSplitOptions.TrimEntries);
        return new PackageDirective(parts[0], parts is [_, { Length: > 0 } version] ? version : null);
    }

    public override string ToString() => Version is null ? Name : $"{Name}, {Version}";
}

/// <summary>What the packages of a notebook bring together; the extensions are meant for .NET Interactive itself.</summary>
internal sealed record ResolvedPackages(
    IReadOnlyList<string> Assemblies, IReadOnlyList<string> Native, IReadOnlyList<string> Extensions);

/// <summary>A package that a cell names cannot be had: no network, no such package or version, or it does not fit.</summary>
internal sealed class PackageNotAvailableException(string message) : Exception(message);
